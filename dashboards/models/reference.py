"""What changes rarely: the chain's layers, indicators, schemes, and the periods that have figures."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """A layer of the country's chain, root first by `depth`."""

    level: str
    depth: int
    names: dict[str, str]
    plurals: dict[str, str]


@dataclass(frozen=True)
class Period:
    """A period: its code, its kind (Y, M or W), its first and last day."""

    code: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date
    reported: float | None = None  # the share of the whole country's returns received


@dataclass(frozen=True)
class Indicator:
    """A row of mart.indicator: words are {language: text}."""

    id: str
    guarantee: str | None
    titles: dict[str, str]
    why: dict[str, str]
    caveats: dict[str, str]
    series: str | None
    source: str
    version: str
    nature: str = "coverage"
    shown_in: str = "percent"
    rated: bool = True  # divided by something that the country knows
    of_scheme: bool = False  # one of those made for each scheme

    @property
    def compared(self) -> bool:
        """Whether areas are compared by it: a share of the people, of more than one scheme."""
        return self.nature == "coverage" and self.rated and not self.of_scheme


@dataclass(frozen=True)
class Scheme:
    """A row of mart.scheme."""

    id: str
    names: dict[str, str]
    administrator: dict[str, str]
    level: str
    guarantee: str
    frequency: str
    due_days: int | None = None


@dataclass(frozen=True)
class Reference:
    """What changes rarely: layers, indicators, schemes, and the periods that have figures."""

    root: str = ""  # area code
    layers: tuple[Layer, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    periods: tuple[Period, ...] = ()

    @property
    def period_codes(self) -> tuple[str, ...]:
        """The codes of the periods that have figures, oldest first."""
        return tuple(period.code for period in self.periods)

    def layer(self, depth: int) -> Layer | None:
        """The layer at a depth; None below the last one."""
        return next((layer for layer in self.layers if layer.depth == depth), None)

    def indicator(self, indicator: str) -> Indicator | None:
        """An indicator by its id; None where there is none."""
        return next((row for row in self.indicators if row.id == indicator), None)

    def scheme(self, scheme: str) -> Scheme | None:
        """A scheme by its id; None where there is none."""
        return next((row for row in self.schemes if row.id == scheme), None)

    def period(self, code: str) -> Period | None:
        """A period by its code; None where there is none."""
        return next((row for row in self.periods if row.code == code), None)
