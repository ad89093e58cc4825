"""The secret keys: from WALKTALK_SECRET_KEY, or made once and kept in the home folder.

One secret gives three keys that know nothing of each other (HKDF-SHA256, RFC 5869): for cookies,
for share links, for data at rest. Several secrets may stand one a line, the newest first: the
older ones still open what they once sealed, so that a secret can be changed.
"""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from zxcvbn import zxcvbn

from walktalk.files import OWNER_ALONE, write_whole
from walktalk.sessions.store.errors import HomeError, SecretError
from walktalk.settings import Settings

SECRET_FILE = "secret"  # noqa: S105 - a file name
MIN_SECRET_CHARACTERS = 16  # 128 bits where each character is a random byte's worth or more
_MADE_SECRET_BYTES = 32
_GUESSED_CHARACTERS = 72  # zxcvbn looks no further; a longer secret only gets stronger
_LEAST_GUESSES = 10**20  # 300 years at ten thousand million guesses a second
_BETTER = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))".'
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
    """Return the keys.

    A secret set in the environment comes first; one kept in the home folder from before still
    opens what it sealed.

    Raises:
        SecretError: there is none, or a secret is too short or too easily guessed.
        HomeError: the home folder cannot be used.
    """
    from_environment = _lines(settings.secret_key)
    make_home(settings)
    known = dict.fromkeys([*from_environment, *kept_secrets(settings)])
    if not known:
        raise SecretError(
            f"The secret key in {settings.home / SECRET_FILE} is gone, and what is saved here "
            "opens with no other one. Put the file back from a backup, or set "
            "WALKTALK_SECRET_KEY if that was in use. To begin anew, move the home folder away."
        )
    keyring = Keyring(tuple(derive(secret) for secret in known))
    if from_environment:
        _require_strong(from_environment[0])
    return keyring


def make_secret(settings: Settings) -> None:
    """Make a secret and keep it, where there is none; of two at once the first one stays.

    An emptied file is no missing one: it is left as it is.

    Raises:
        HomeError: the home folder cannot be used.
    """
    path = make_home(settings) / SECRET_FILE
    if _lines(settings.secret_key) or path.exists():
        return
    secret = f"{secrets.token_urlsafe(_MADE_SECRET_BYTES)}\n"
    try:
        write_whole(path, secret.encode(), mode=OWNER_ALONE, replace=False)
    except FileExistsError:
        return
    except OSError as error:
        raise HomeError(f"WALKTALK_HOME: {path.parent} cannot be written to") from error


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
            f"WALKTALK_SECRET_KEY is too short: at least {MIN_SECRET_CHARACTERS} characters. "
            f"{_BETTER}"
        )
    material = secret.encode()
    return Key(
        id=_expand(material, "key id")[:_KEY_ID_BYTES].hex(),
        cookie=_expand(material, "cookies"),
        link=_expand(material, "share links"),
        data=_expand(material, "data at rest"),
    )


def _require_strong(secret: str) -> None:
    """Refuse a secret that a stranger could find by trying: a link is enough to try on."""
    if zxcvbn(secret[:_GUESSED_CHARACTERS])["guesses"] < _LEAST_GUESSES:
        raise SecretError(
            f"WALKTALK_SECRET_KEY can be guessed. {_BETTER} Put it on a line of its own before "
            "this one, which then still opens what it sealed."
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
