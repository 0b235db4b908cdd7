"""Pages of HTML that carry data and work from disk: no server, no network, whatever stands in the data."""
