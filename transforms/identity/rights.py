"""The rights of somebody in a part of the owner's transaction, where Sala works in their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from sql import warehouse
from sql.policies import LOADER, READER


@dataclass(frozen=True)
class Rights:
    """`person_id`: None for a visitor. `unbound`: no role binds them: Sala itself, or a country without roles.
    `narrowed_to`: the actions that a token left of the role; None for all.
    """

    person_id: int | None = None
    unbound: bool = False
    narrowed_to: tuple[str, ...] | None = None

    @contextmanager
    def reading(self, connection: Connection) -> Iterator[None]:
        """Nothing is read that they may not see."""
        with self._in_place(connection, READER):
            yield

    @contextmanager
    def filing(self, connection: Connection) -> Iterator[None]:
        """No return is written, replaced or ended that they may not file."""
        with self._in_place(connection, LOADER):
            yield

    @contextmanager
    def _in_place(self, connection: Connection, role: str) -> Iterator[None]:
        if self.unbound:
            yield
            return
        with warehouse.in_place_of(connection, role, self.person_id, self.narrowed_to):
            yield
