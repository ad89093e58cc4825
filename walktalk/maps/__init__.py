"""What is handed out: maps, sketches, files for watches, calendar entries."""
