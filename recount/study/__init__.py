"""What the author declares: settings, instrument, codebook, published figures."""
