"""Errors that belong to no room: they are caught where nothing else has been loaded yet."""


class SettingsError(Exception):
    """A variable of the environment makes no sense; says which, and what is accepted."""
