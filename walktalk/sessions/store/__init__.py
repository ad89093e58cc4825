"""How things are kept: the database and its keys, sealing, backups, the list of what was erased."""
