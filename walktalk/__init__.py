"""Walktalk plans walk-and-talk sessions on calm paths: the land, the walks, what is handed out."""
