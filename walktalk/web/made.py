"""What was made for open links, kept in memory until anything that it depends on changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol, TypeVar, cast

MOST_BYTES = 32_000_000
"""All that is kept in one process: some hundreds of walks with their files."""

BESIDE_BYTES = 1_000
"""What a kept thing is taken to weigh besides its content: its headers, keys and place."""


class Weighed(Protocol):
    """Something that knows how much it weighs."""

    @property
    def bytes(self) -> int:
        """How much it weighs."""
        ...


Thing = TypeVar("Thing", bound=Weighed)


@dataclass
class Made:
    """What was made, by the link it was made for; of the link least lately opened all is dropped.

    Attributes:
        most_bytes: how much is kept at most.
        bytes: how much is kept now.
    """

    most_bytes: int = MOST_BYTES
    bytes: int = 0
    _kept: OrderedDict[str, dict[str, tuple[Hashable, Any]]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, here: str, name: str, stamp: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what is kept of a link under a name and a stamp; else make it, and keep it.

        Args:
            here: the link's address.
            name: which of its things.
            stamp: all that the thing depends on; under another one it is made anew.
            make: makes it.
        """
        with self._lock:
            of_link = self._kept.get(here, {})
            if name in of_link and of_link[name][0] == stamp:
                self._kept.move_to_end(here)
                return cast(Thing, of_link[name][1])
        made = make()
        with self._lock:
            of_link = self._kept.setdefault(here, {})
            self._kept.move_to_end(here)
            self._lighten(of_link.pop(name, None))
            of_link[name] = stamp, made
            self.bytes += made.bytes + BESIDE_BYTES
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._kept)))
        return made

    def forget(self, here: str) -> None:
        """Drop all that is kept of a link that opens nothing any more."""
        with self._lock:
            if here in self._kept:
                self._drop(here)

    def _drop(self, here: str) -> None:
        for kept in self._kept.pop(here).values():
            self._lighten(kept)

    def _lighten(self, kept: tuple[Hashable, Any] | None) -> None:
        if kept is not None:
            self.bytes -= kept[1].bytes + BESIDE_BYTES
