"""What can be wrong with data about the land."""


class ParkDataError(ValueError):
    """An area file, or a file to import, that cannot be used: says file, feature and reason."""
