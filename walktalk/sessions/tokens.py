"""Tokens that open something: for clients, and for the counsellor to set up and be signed in.

A share token is HMAC-SHA256, under the link key, of a random share id, cut to 128 bits and written
as 22 characters of base64url. Tokens are compared as text: the spare bits of the last character
give no second way to write one.
"""

import base64
import hashlib
import hmac
import re
import secrets
from uuid import UUID

TOKEN_CHARACTERS = 22
_TOKEN_BYTES = 16  # 128 bits: 22 characters of six bits, the last with four bits to spare
_SHARE_ID_BYTES = 32
_SETUP_TOKEN_BYTES = 32
_SIGN_IN_TOKEN_BYTES = 32
_UID_CHARACTERS = 32
_TOKEN_FORM = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_CHARACTERS}}}")


def new_share_id() -> str:
    """Return a random share id: 64 hexadecimal digits."""
    return secrets.token_hex(_SHARE_ID_BYTES)


def share_token(link_key: bytes, share_id: str) -> str:
    """Return the token of a share id: 22 characters of base64url."""
    digest = hmac.digest(link_key, bytes.fromhex(share_id), "sha256")[:_TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def calendar_uid(session_id: UUID) -> str:
    """Return a name for a session that says nothing about it and stays the same in calendars."""
    return hashlib.sha256(b"calendar" + session_id.bytes).hexdigest()[:_UID_CHARACTERS]


def has_token_form(token: str) -> bool:
    """Whether ``token`` could be a share token at all."""
    return _TOKEN_FORM.fullmatch(token) is not None


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: SHA-256 of its text, in hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same_token(one: str, other: str) -> bool:
    """Compare two tokens as text, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_setup_token() -> str:
    """Return a random one-time token of 256 bits."""
    return secrets.token_urlsafe(_SETUP_TOKEN_BYTES)


def new_sign_in_token() -> str:
    """Return a random token of 256 bits for a browser that is signed in."""
    return secrets.token_urlsafe(_SIGN_IN_TOKEN_BYTES)
