"""What can go wrong with what is agreed, worded for the person who reads it."""

from collections.abc import Sequence

from walktalk.routes import RequestError
from walktalk.sessions.store.errors import SessionsError


class NotThere(SessionsError):  # noqa: N818 - reads as what happened
    """What was asked for is not there: never was, is another account's, or was erased."""


class AlreadyErased(SessionsError):  # noqa: N818 - reads as what happened
    """A form sent again would bring back what was erased for good."""

    def __init__(self) -> None:
        super().__init__(
            "What this form kept was erased for good. It stays erased: load the page again to keep "
            "something new."
        )


class SessionNotFound(NotThere):
    """There is no such session in this account's diary."""


class RecordedWalkNotFound(NotThere):
    """There is no such recorded walk in this account's library."""


class PhotographNotFound(NotThere):
    """There is no such photograph in this account's library, or it is of another spot."""


class AnswerNotFound(NotThere):
    """There is no such answer about the ground."""


class JobNotFound(NotThere):
    """There is no such work on the land."""


class SessionInThePast(SessionsError, RequestError):  # noqa: N818 - reads as what happened
    """A session can only be planned for a time to come.

    Attributes:
        argument: ``"at"``.
        accepted: what was wrong and what is accepted.
    """

    def __init__(self, accepted: str) -> None:
        RequestError.__init__(self, "at", accepted)

    def __str__(self) -> str:
        """Return the message as it is shown."""
        return self.accepted


class UnknownNotAccepted(SessionsError):  # noqa: N818 - reads as what happened
    """Something the client needs is unknown on this walk, or does not fit; nobody answered for it.

    Attributes:
        checks: ids of the checks whose finding is unknown although it is needed.
        broken: ids of those that fail.
    """

    def __init__(self, unknown: Sequence[str], broken: Sequence[str] = ()) -> None:
        said = []
        if unknown:
            said.append(f"Nobody has checked this yet: {_in_a_row(unknown)}.")
        if broken:
            said.append(f"This does not fit: {_in_a_row(broken)}.")
        self.checks, self.broken = tuple(unknown), tuple(broken)
        say = "Say what you found, or that you have both agreed to go and see."
        super().__init__(" ".join([*said, say]))


def _in_a_row(checks: Sequence[str]) -> str:
    return ", ".join(check.replace("-", " ") for check in checks)


class NeedBroken(SessionsError):  # noqa: N818 - reads as what happened
    """At the new time the walk would break something the client needs.

    Attributes:
        messages: the findings' sentences that say so.
    """

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("At that time the walk does not fit: " + " ".join(messages))
        self.messages = tuple(messages)


class SetupLinkDead(SessionsError):  # noqa: N818 - reads as what happened
    """A set-up link that was never made, has expired or was used before."""

    def __init__(self) -> None:
        super().__init__(
            "This set-up link no longer works. Start Walktalk again, or run 'walktalk user', "
            "to get a new one."
        )


class AccountNameRefused(SessionsError):  # noqa: N818 - reads as what happened
    """A sign-in name that is empty, too long or taken."""


class PasswordRefused(SessionsError):  # noqa: N818 - reads as what happened
    """A password that is too short, too long or too easy to guess."""
