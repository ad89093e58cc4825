"""The search for walks that fit: arrays in, candidate walks out; knows nothing of findings."""
