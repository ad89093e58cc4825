"""The secret keys: from WALKTALK_SECRET_KEY, or made once and kept in the home folder.

One secret gives three keys that know nothing of each other (HKDF-SHA256, RFC 5869): for cookies,
for share links, for data at rest. Several secrets may stand one a line, the newest first: the
older ones still open what they once sealed, so that a secret can be changed.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from walktalk.sessions.store.errors import HomeError, SecretError
from walktalk.settings import Settings

SECRET_FILE = "secret"  # noqa: S105 - a file name
MIN_SECRET_CHARACTERS = 16  # 128 bits where each character is a random byte's worth or more
_MADE_SECRET_BYTES = 32
_KEY_BYTES = 32
_KEY_ID_BYTES = 4
_HOME_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Key:
    """One secret's derived keys.

    Attributes:
        id: eight hexadecimal digits that name the secret without telling anything about it.
        cookie, link, data: 32 bytes each.
    """

    id: str
    cookie: bytes = field(repr=False)
    link: bytes = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key in use, the newest first."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that new cookies, links and data are made with."""
        return self.keys[0]

    def find(self, key_id: str) -> Key | None:
        """Return the key named ``key_id``, or ``None`` when its secret is gone."""
        return next((key for key in self.keys if key.id == key_id), None)


def load_keyring(settings: Settings) -> Keyring:
    """Return the keys, making and keeping a secret where there is none.

    A secret set in the environment comes first; one kept in the home folder from before still
    opens what it sealed.

    Raises:
        SecretError: a secret is shorter than ``MIN_SECRET_CHARACTERS``, or the kept file is empty.
        HomeError: the home folder cannot be used.
    """
    from_environment = _lines(settings.secret_key)
    path = make_home(settings) / SECRET_FILE
    if not from_environment and not path.exists():
        _keep_new_secret(path)
    known = dict.fromkeys([*from_environment, *kept_secrets(settings)])
    if not known:
        raise SecretError(f"The secret key in {path} is gone: put the file back from a backup")
    return Keyring(tuple(derive(secret) for secret in known))


def kept_secrets(settings: Settings) -> list[str]:
    """Return the secrets kept in the home folder, the newest first.

    Raises:
        SecretError: there is something in its place that cannot be read as text.
    """
    path = settings.home / SECRET_FILE
    try:
        return _lines(path.read_text(encoding="utf-8")) if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(
            f"The secret key in {path} cannot be read: put the file back from a backup"
        ) from error


def derive(secret: str) -> Key:
    """Return the keys that ``secret`` gives.

    Raises:
        SecretError: it is shorter than ``MIN_SECRET_CHARACTERS``.
    """
    if len(secret) < MIN_SECRET_CHARACTERS:
        raise SecretError(
            f"WALKTALK_SECRET_KEY is too short: at least {MIN_SECRET_CHARACTERS} characters, best "
            'from: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    material = secret.encode()
    return Key(
        id=_expand(material, "key id")[:_KEY_ID_BYTES].hex(),
        cookie=_expand(material, "cookies"),
        link=_expand(material, "share links"),
        data=_expand(material, "data at rest"),
    )


def make_home(settings: Settings) -> Path:
    """Return the home folder, made for its owner alone where it is missing.

    Raises:
        HomeError: it cannot be made, or is no folder.
    """
    try:
        settings.home.mkdir(mode=_HOME_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(
            f"WALKTALK_HOME: {settings.home} cannot be used ({error.strerror}); "
            "name a folder that you may write to"
        ) from error
    return settings.home


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _expand(material: bytes, purpose: str) -> bytes:
    info = f"walktalk/{purpose}/1".encode()
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(material)


def _keep_new_secret(path: Path) -> None:
    """Write a new secret for the owner alone; where two do so at once, the first one stays."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # made with mode 0600
    except OSError as error:
        raise HomeError(f"WALKTALK_HOME: {path.parent} cannot be written to") from error
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(_MADE_SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(made)
    finally:
        made.unlink()
