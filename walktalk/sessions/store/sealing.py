"""What is kept about a client, or might tell of one, is sealed: encrypted, bound to its column.

Sealed values are JSON, compressed, then encrypted with AES-256-GCM (NIST SP 800-38D) under the
data key. In front stand a version, the key's id and a random 96-bit nonce; version, key id and
column are authenticated with it, so a value moved to another column does not open.
"""

import base64
import json
import os
import zlib
from typing import Any
from weakref import WeakKeyDictionary

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, Engine, LargeBinary, TypeDecorator
from sqlalchemy.orm import Session

from walktalk.sessions.store.errors import SecretError
from walktalk.sessions.store.keys import Keyring

_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_HEADER_BYTES = len(_VERSION) + _KEY_ID_BYTES

_KEYRINGS: WeakKeyDictionary[Dialect, Keyring] = WeakKeyDictionary()
"""Which keys belong to which database: each engine has a dialect object of its own."""


def attach(engine: Engine, keyring: Keyring) -> None:
    """Let ``engine`` seal and open with ``keyring``."""
    _KEYRINGS[engine.dialect] = keyring


def keyring_of(db: Session) -> Keyring:
    """Return the keys of the database that ``db`` speaks to."""
    return _KEYRINGS[db.get_bind().dialect]


def seal(keyring: Keyring, value: Any, purpose: str) -> bytes:
    """Return ``value`` (anything JSON can hold) encrypted for ``purpose``."""
    key = keyring.current
    header = _VERSION + bytes.fromhex(key.id)
    nonce = os.urandom(_NONCE_BYTES)
    plain = zlib.compress(json.dumps(value, separators=(",", ":")).encode())
    return header + nonce + AESGCM(key.data).encrypt(nonce, plain, header + purpose.encode())


def unseal(keyring: Keyring, sealed: bytes, purpose: str) -> Any:
    """Return the value sealed for ``purpose``.

    Raises:
        SecretError: it was sealed with a secret that is not here, or was changed since.
    """
    header, rest = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    key = keyring.find(header[len(_VERSION) :].hex())
    if header[: len(_VERSION)] != _VERSION or key is None:
        raise SecretError(
            "This was encrypted with another secret key: start Walktalk with the WALKTALK_HOME or "
            "WALKTALK_SECRET_KEY it was saved with."
        )
    nonce, encrypted = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        plain = AESGCM(key.data).decrypt(nonce, encrypted, header + purpose.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: cut short
        raise SecretError(
            "A kept value was changed outside Walktalk and cannot be read."
        ) from error
    return json.loads(zlib.decompress(plain))


class Sealed(TypeDecorator[Any]):
    """A column whose values are sealed on the way in and opened on the way out.

    Attributes:
        purpose: what the value is for, as ``table.column``; no other column opens it.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal a value; an absent one stays absent."""
        return None if value is None else seal(_KEYRINGS[dialect], value, self.purpose)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open a value; an absent one stays absent."""
        return None if value is None else unseal(_KEYRINGS[dialect], bytes(value), self.purpose)


class SealedBytes(Sealed):
    """A sealed column whose values are bytes; sealing compresses what writing them as text adds."""

    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal bytes; absent ones stay absent."""
        text = None if value is None else base64.b64encode(value).decode("ascii")
        return super().process_bind_param(text, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Open bytes; absent ones stay absent."""
        text = super().process_result_value(value, dialect)
        return None if text is None else base64.b64decode(text)
