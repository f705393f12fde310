"""How a country's made-up reporting round looks."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from countries.declarations.declared import Declared

ItemKind = Literal["done", "next", "risk", "decision"]


class SchemeRound(Declared):
    """How one scheme looks in the made-up round. Logits: 0.2 is about five points around the middle."""

    level: float = Field(default=0.3, gt=0, lt=1, description="share of the eligible in the last period")
    contributors: float = Field(default=0, ge=0, lt=1, description="share who contribute; 0: no column")
    women: float = Field(default=0, description="women above men, in logits")
    ages: Mapping[str, float] = Field(default={}, description="age group → logits above or below the others")
    growth: float = Field(default=0.03, description="growth from one period to the next, in logits")
    amount: int = Field(default=0, ge=0, description="paid to a person in a period; 0: no column")
    unstated: float = Field(
        default=0, ge=0, le=1, description="share of areas that know some persons' sex not"
    )


class Lists(Declared):
    """Which persons the made-up round names, so that somebody in two schemes is seen to be one."""

    area: str = Field(description="an area right below the root, which lists its persons in its last months")
    schemes: tuple[str, ...] = Field(min_length=1, description="the schemes whose persons it lists")


class SampleRound(Declared):
    """The made-up reporting round that shows a country without real figures."""

    seed: int = 1
    months: tuple[str, ...] = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
    weeks: tuple[str, ...] = ("2026-W42", "2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47")
    schemes: Mapping[str, SchemeRound] = {}
    lists: Lists | None = None
    leaning: Mapping[str, Mapping[str, float]] = Field(
        default={}, description="scheme kind → area code → logits above or below the country"
    )
    flash_items: Mapping[str, Mapping[ItemKind, tuple[str, ...]]] = Field(
        default={}, description="layer → kind of item → texts to draw from"
    )
