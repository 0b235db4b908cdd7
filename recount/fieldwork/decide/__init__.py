"""What a person decides of a wave that was added."""
