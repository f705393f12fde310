"""Somebody who reads or does something, and what their role lets them see and do.

Postgres enforces the same by itself (sql/functions/identity/, sql/policies/); here it is asked beforehand, so that
pages say it in words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.roles import ACTIONS, AT_HOME, Action, Role
from sala.errors import Message, NotAllowed
from sql import warehouse
from transforms.identity.rights import Rights


@dataclass(frozen=True)
class Person:
    """Who acts. `person_id` is None for those who have no account; `role` is None where there are no roles."""

    person_id: int | None
    name: str
    role: Role | None
    area_code: str
    area_level: str
    administrator: str | None = None
    language: str | None = None
    must_change: bool = False
    must_prove: bool = False  # of a session in which the second factor is still to be given
    unbound: bool = False  # no role binds it: EVERYBODY and SYSTEM
    narrowed_to: tuple[Action, ...] | None = None  # all that the role may be used for: by a token

    @property
    def actions(self) -> tuple[Action, ...]:
        """What may be done in the own area."""
        held = tuple(ACTIONS) if self.unbound else self.role.actions if self.role else ()
        if self.narrowed_to is None:
            return held
        return tuple(action for action in held if action in self.narrowed_to)

    @property
    def unfinished(self) -> bool:
        """Whether something has to be done after signing in; until then they act as a visitor."""
        return self.must_prove or self.must_change

    @property
    def scope(self) -> Hashable:
        """Persons of one scope read the same figures, so they can share what is kept of an answer."""
        return self.role.id if self.role else None, self.area_code, self.administrator, self.unbound

    @property
    def rights(self) -> Rights:
        """For the parts of the owner's transactions that are done in the person's place."""
        return Rights(self.person_id, self.unbound, self.narrowed_to)

    @contextmanager
    def acting(self) -> Iterator[Connection]:
        """A transaction in which the person reads and writes; whom no role binds does so as the owner."""
        with (
            warehouse.transaction()
            if self.unbound
            else warehouse.acting(self.person_id, self.narrowed_to) as connection
        ):
            yield connection

    def may(self, action: Action, area_code: str) -> bool:
        """Whether the action is allowed for an area: the own one, or (but for AT_HOME) any below it."""
        if self.unbound:
            return True
        if action not in self.actions:
            return False
        if area_code == self.area_code:
            return True
        return action not in AT_HOME and _lies_within(area_code, self.area_code)

    def must(self, action: Action, area_code: str) -> None:
        """Return where the person `may`. Raises NotAllowed, which names action, area and whose right is missing."""
        if self.may(action, area_code):
            return
        what = {"action": Message(f"action.{action}"), "area": area_code}
        if action == "read":
            raise NotAllowed("area_not_open", what=area_code)
        if self.person_id is not None and self.role:
            raise NotAllowed("not_allowed", person=self.name, role=self.role.id, own=self.area_code, **what)
        if self.name:
            raise NotAllowed("not_allowed_unsigned", person=self.name, **what)
        raise NotAllowed("not_allowed_visitor", **what)


EVERYBODY = Person(None, "", None, "", "", unbound=True)
"""Whoever reaches the port of a country that declares no roles."""

SYSTEM = Person(None, "sala", None, "", "", unbound=True)
"""Sala itself: DAGs, and the command line on the machine that holds the owner's password."""


def visitor(country: Country) -> Person:
    """Who acts where nobody is signed in: the country's role of visitors at the root, or EVERYBODY without roles."""
    if country.visitor is None:
        return EVERYBODY
    return Person(None, "", country.role(country.visitor), country.root, country.layers[0].id)


def find(person_id: int, country: Country) -> Person | None:
    """The person of an account that is active."""
    with warehouse.acting(person_id) as connection:
        row = connection.execute(
            text(
                "SELECT p.name, p.role, a.code AS area_code, l.code AS area_level, p.administrator, p.language,"
                " p.must_change FROM ledger.person p JOIN core.area a USING (area_id)"
                " JOIN core.layer l USING (layer_id) WHERE p.person_id = core.current_person() AND p.active"
            )
        ).one_or_none()
    if row is None:
        return None
    role = next((role for role in country.roles if role.id == row.role), None)
    return Person(
        person_id,
        row.name,
        role,
        row.area_code,
        row.area_level,
        row.administrator,
        row.language,
        row.must_change,
    )


def _lies_within(code: str, own: str) -> bool:
    with warehouse.acting(None) as connection:
        within = connection.execute(
            text(
                "SELECT EXISTS (SELECT FROM core.area own"
                " JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right"
                " WHERE own.code = :own AND a.code = :code)"
            ),
            {"own": own, "code": code},
        )
        return bool(within.scalar())
