"""What makes the data and the examples that come with Walktalk; not part of the package."""
