"""The audit pages: the paper with its numbers live, and behind each the rows, the rules and the code it came from."""
