"""What ``walktalk`` does in a terminal, one module for each kind of command."""
