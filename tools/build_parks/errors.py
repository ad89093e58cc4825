"""What stops the building of the areas."""


class BuildError(Exception):
    """The facts or the decisions cannot be used; one line names file and feature."""
