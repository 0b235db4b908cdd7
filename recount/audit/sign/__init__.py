"""`recount sign`: a reviewer's agreement with a stage, which lapses by itself when what it was given for changes."""
