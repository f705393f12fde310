"""Who may see and do what in a country: roles, the committees of the chain, and a sample's demo accounts."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from countries.declarations.declared import Declared, Id, Translated

Action = Literal[
    "read",
    "submit",
    "draft",
    "endorse",
    "return",
    "settle",
    "publish",
    "allocate",
    "administer",
    "query",
]
"""read: pages, figures and downloads. submit: hand in files. draft: write flash reports. endorse: sign what was
compiled. return: send it back. settle: answer an item. publish: approve releases and notices. allocate: grant funds
downwards. administer: accounts. query: a database login of one's own."""

Status = Literal["provisional", "endorsed", "released"]

AT_HOME: frozenset[str] = frozenset({"endorse", "settle"})
"""Actions of the area's own committee alone. Every other action reaches the areas below as well."""


class Role(Declared):
    """What everybody who holds a role may do in their own area, and in those below."""

    id: Id
    names: Translated
    layers: tuple[str, ...] = Field(min_length=1, description="the layers at whose areas the role is held")
    sees: tuple[Status, ...] = Field(description="which figures: provisional, endorsed, released")
    actions: tuple[Action, ...] = ()
    visitors: Literal["always", "sample"] | None = Field(
        None,
        description="the role of somebody who is not signed in: always, or in a sample (before `always`)",
    )
    of_administrator: bool = Field(
        False, description="whether an account of this role belongs to one scheme administrator"
    )


class Committee(Declared):
    """How the committee of a layer signs."""

    layer: str
    quorum: tuple[str, ...] = Field(min_length=1, description="the roles that must all sign")
    requires_children: bool = Field(
        False, description="whether it may sign only when every area right below has signed"
    )


class DemoAccount(Declared):
    """An account that a sample has from the start, with a password that `make run` prints."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._\-]{1,62}$")
    role: str
    area: str = Field(description="area code")
    administrator: str | None = Field(None, description="id of a scheme administrator")


def visitor_among(roles: Iterable[Role], sample: bool) -> Role | None:
    """The role of somebody who is not signed in: in a sample the sample's own, where there is one."""
    when = {role.visitors: role for role in roles if role.visitors}
    return (when.get("sample") if sample else None) or when.get("always")
