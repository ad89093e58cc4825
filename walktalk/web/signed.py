"""What a page showed, signed, so that nothing else can be sent back to be kept.

A signed copy belongs to the account that it was shown to, and is good for a day.
"""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from walktalk.web.counsellor.blueprint import signed_in_account

GOOD_FOR_S = 24 * 60 * 60


def signed(kind: str, shown: dict[str, Any]) -> str:
    """Return what is shown to whoever is signed in as text to be sent back."""
    return _signer(kind).dumps({**shown, "account": signed_in_account().id.hex})


def shown_before(kind: str, text: str) -> dict[str, Any] | None:
    """Return what was shown; ``None`` for all but our own copy, of late and for this account."""
    try:
        shown: dict[str, Any] = _signer(kind).loads(text, max_age=GOOD_FOR_S)
    except BadData:
        return None
    return shown if shown["account"] == signed_in_account().id.hex else None


def _signer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=kind)
