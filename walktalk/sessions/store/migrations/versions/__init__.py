"""One file a step, the first one making everything from nothing."""
