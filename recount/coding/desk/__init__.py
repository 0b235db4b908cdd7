"""The coding desk: pages at which people code the answers to a question, and decide where coders differ."""
