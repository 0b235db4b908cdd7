"""What changed between two waves, or between two builds of one: the paper's sentences, one by one, and why."""
