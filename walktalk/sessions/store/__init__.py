"""How things are kept: the database and its file."""
