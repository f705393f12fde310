"""Who may see and do what in a country: roles, the committees of the chain, and a sample's demo accounts."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from countries.declarations.declared import Declared, Id, Translated
from countries.declarations.filing import FILINGS, Dataset, Reach

Action = str

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "read": "pages, figures and downloads",
        "submit": "hand in files",
        "draft": "write flash reports",
        "endorse": "sign what was compiled",
        "return": "send it back",
        "settle": "answer an item",
        "decide": "write down what a meeting heard and decided",
        "place": "decide where persons live whom lists of two areas name",
        "publish": "publish notices",
        "prepare": "draft releases, and answer for what their checklist finds",
        "preview": "see releases under embargo",
        "approve": "sign releases, and withdraw them",
        "allocate": "grant funds downwards",
        "administer": "accounts",
        "watch": "how the work stands, as figures for a monitor",
        "query": "a database login of one's own",
    }
)
"""What Sala's own functions ask for. A country adds an action by naming it, with its meaning, in roles.yaml."""

Status = Literal["provisional", "endorsed", "released"]

AT_HOME: frozenset[str] = frozenset({"endorse", "settle"})
"""Actions of the area's own committee alone. Every other action reaches the areas below as well."""


class Role(Declared):
    """What everybody who holds a role may do in their own area, and in those below."""

    id: Id
    names: Translated
    layers: tuple[str, ...] = Field(min_length=1, description="the layers at whose areas the role is held")
    sees: tuple[Status, ...] = Field(description="which figures: provisional, endorsed, released")
    granted: tuple[Id | Mapping[Id, str], ...] = Field(
        (),
        alias="actions",
        description="what may be done; an action that is new is written once with its meaning: {verify: …}",
    )
    files: Mapping[Dataset, tuple[Reach, ...]] | None = Field(
        None,
        description="dataset → whose returns: own, below, administrators; left out: reports of the own area and those"
        " below, as far as the actions go (countries/declarations/filing.py)",
    )
    visitors: Literal["always", "sample"] | None = Field(
        None,
        description="the role of somebody who is not signed in: always, or in a sample (before `always`)",
    )
    second_factor: Literal["always", "unless_sample"] | None = Field(
        None,
        description="whether signing in takes a code of an application as well: always, or unless the figures are a"
        " sample; left out: where somebody set one up",
    )
    of_administrator: bool = Field(
        False, description="whether an account of this role belongs to one scheme administrator"
    )

    @property
    def actions(self) -> tuple[Action, ...]:
        """The names of what may be done, in the order of the file."""
        return tuple(name for one in self.granted for name in ([one] if isinstance(one, str) else one))

    @property
    def filing(self) -> Mapping[Dataset, tuple[Reach, ...]]:
        """What is filed, and whose: as declared, or what a role of these actions usually files.

        An account of an administrator files of it what belongs to its administrator.
        """
        if self.files is not None:
            return self.files
        return {
            dataset: filing.usual
            for dataset, filing in FILINGS.items()
            if filing.usual
            and set(filing.by) & set(self.actions)
            and (filing.about or not self.of_administrator)
        }

    @property
    def new_actions(self) -> Mapping[Action, str]:
        """The actions that this role brings in, with their meaning."""
        return {name: text for one in self.granted if not isinstance(one, str) for name, text in one.items()}


class Committee(Declared):
    """How the committee of a layer signs."""

    layer: str
    quorum: tuple[str, ...] = Field(min_length=1, description="the roles that must all sign")
    requires_children: bool = Field(
        False, description="whether it may sign only when every area right below has signed"
    )
    releases: tuple[str, ...] = Field(
        (),
        description="at the root: the roles that must all sign a release; one that stands twice signs by two persons",
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


def all_actions(roles: Iterable[Role]) -> dict[Action, str]:
    """Sala's own actions and those that the roles bring in, with their meaning."""
    return dict(ACTIONS) | {name: text for role in roles for name, text in role.new_actions.items()}
