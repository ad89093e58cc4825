"""Errors that belong to no room: they are caught where nothing else has been loaded yet."""


class WalktalkError(Exception):
    """Something cannot be used as it is: its message is a sentence for whoever can mend that."""


class SettingsError(WalktalkError):
    """A variable of the environment makes no sense; says which, and what is accepted."""
