"""What can be wrong with data about the land."""

from walktalk.errors import WalktalkError


class ParkDataError(WalktalkError, ValueError):
    """An area file, or a file to import, that cannot be used: says file, feature and reason."""
