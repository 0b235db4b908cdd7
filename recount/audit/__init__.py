"""What was built from what: manifest and checks."""
