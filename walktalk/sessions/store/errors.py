"""What can go wrong with the store, worded for the person who reads it."""

from walktalk.errors import WalktalkError


class SessionsError(WalktalkError):
    """Anything that can go wrong in this room: what was wrong and what is accepted."""


class HomeError(SessionsError):
    """The home folder cannot be made or used."""


class SecretError(SessionsError):
    """The secret key is missing, too short, or not the one that sealed the data."""


class DatabaseError(SessionsError):
    """The database cannot be used as configured."""


class BackupError(SessionsError):
    """A backup that cannot be written, read or put back."""
