"""One country's whole declaration as a frozen object.

What each section means is said in `declarations/`, with the rules that concern one object; rules between objects
(a scheme that names a layer) are in `checks/`; reading a folder into these objects is `country.py`.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from babel.numbers import get_currency_precision
from pydantic import Field

from countries.declarations.board import Board
from countries.declarations.conventions import Attribution, Locale, Retention
from countries.declarations.declared import Declared, Id, Timezone, Translated
from countries.declarations.exchange import Check, Exchange
from countries.declarations.grievances import Grievances
from countries.declarations.indicators import Indicator
from countries.declarations.layers import AgeGroup, GroupDimension, Layer, PopulationGroup
from countries.declarations.management_index import ManagementIndex
from countries.declarations.plan import Plan
from countries.declarations.public_tables import PublicTable
from countries.declarations.reference_amounts import ReferenceAmount
from countries.declarations.reporting_calendar import Calendar
from countries.declarations.roles import Committee, DemoAccount, Role, visitor_among
from countries.declarations.sample_round import SampleRound
from countries.declarations.schemes import Administrator, Scheme
from countries.declarations.sources import Correction, GazetteerSource, PopulationSource, Table
from countries.declarations.tiles import Tile, TileGrid


class Country(Declared):
    """One country's whole declaration. `folder` is where it was read from."""

    folder: Path
    code: Id
    names: Translated
    languages: tuple[str, ...] = Field(min_length=1, description="the first is the country's own")
    timezone: Timezone
    currency: str
    root: str = Field(description="area code of the root of the chain")
    sample: bool = Field(False, description="whether the figures are made up; every page says so")
    attribution: tuple[Attribution, ...] = ()
    layers: tuple[Layer, ...] = Field(min_length=2, max_length=8, description="the chain, root first")
    age_groups: tuple[AgeGroup, ...] = ()
    group_dimensions: tuple[GroupDimension, ...] = ()
    groups: tuple[PopulationGroup, ...] = ()
    calendar: Calendar = Calendar()
    locale: Locale = Locale()
    administrators: tuple[Administrator, ...]
    schemes: tuple[Scheme, ...]
    indicators: tuple[Indicator, ...] = ()
    reference_amounts: tuple[ReferenceAmount, ...] = ()
    gazetteer: GazetteerSource
    corrections: tuple[Correction, ...] = ()
    population: PopulationSource | None = None
    tile_grid: TileGrid | None = None
    sample_round: SampleRound | None = None
    checks: Mapping[str, Check] = Field({}, description="rule → how strict this country is")
    totals: Literal["parts", "published"] = Field(
        "parts", description="which counts where a total differs from its parts in the same return"
    )
    exchange: Exchange = Exchange()
    retention: Retention | None = Field(None, description="left out: nothing ends")
    grievances: Grievances | None = None
    roles: tuple[Role, ...] = ()
    committees: tuple[Committee, ...] = ()
    demo_accounts: tuple[DemoAccount, ...] = ()
    plan: Plan | None = Field(None, description="left out: there are targets at most")
    management_index: ManagementIndex | None = Field(None, description="left out: no index is shown")
    board: Board = Board()
    public_tables: tuple[PublicTable, ...] = Field((), description="what a release shows; left out: none")

    def __hash__(self) -> int:
        return hash(self.folder)

    def layer(self, layer_id: str) -> Layer:
        """The declared layer of that id. Raises StopIteration."""
        return next(layer for layer in self.layers if layer.id == layer_id)

    @cached_property
    def depths(self) -> dict[str, int]:
        """Layer id → its depth in the chain, 0 for the root's."""
        return {layer.id: depth for depth, layer in enumerate(self.layers)}

    def depth(self, layer_id: str) -> int:
        """How many layers are above a layer: 0 for the root's. Raises KeyError."""
        return self.depths[layer_id]

    def scheme(self, scheme_id: str) -> Scheme:
        """The declared scheme of that id. Raises StopIteration."""
        return next(scheme for scheme in self.schemes if scheme.id == scheme_id)

    def indicator(self, indicator_id: str) -> Indicator:
        """The declared indicator of that id. Raises StopIteration."""
        return next(indicator for indicator in self.indicators if indicator.id == indicator_id)

    def role(self, role_id: str) -> Role:
        """The declared role of that id. Raises StopIteration."""
        return next(role for role in self.roles if role.id == role_id)

    @cached_property
    def has_cents(self) -> bool:
        """Whether amounts of the currency have decimals."""
        declared = self.locale.cents
        return get_currency_precision(self.currency) > 0 if declared is None else declared

    @property
    def visitor(self) -> str | None:
        """The role of somebody who is not signed in; None where there are no roles, and everybody may do all."""
        role = visitor_among(self.roles, self.sample)
        return role.id if role else None

    def committee(self, layer_id: str) -> Committee | None:
        """How a layer signs; None where it has no committee."""
        return next((committee for committee in self.committees if committee.layer == layer_id), None)

    def ages(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The age groups that a scheme or denominator means: those named, or all."""
        return named or tuple(group.id for group in self.age_groups)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table that the folder names, its own and those in packages."""
        people = self.population
        named: tuple[Table | None, ...] = (people.table, people.structure, people.shares) if people else ()
        named += (self.plan.targets if self.plan else None,)
        return (*self.gazetteer.sources, *(table for table in named if table))

    @property
    def tiles(self) -> dict[str, Tile]:
        """Area code → its place on the tile-grid map; empty where none is drawn."""
        return self.tile_grid.places() if self.tile_grid else {}
