"""What platforms give besides responses: questionnaires as files, a module a format."""
