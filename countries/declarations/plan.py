"""The plan by which coverage is extended (ISSA Guideline 3): targets, assumptions of their cost, risks and reviews."""

from datetime import date
from typing import Literal

from pydantic import Field

from countries.declarations.declared import Declared, Id, Translated
from countries.declarations.sources import Table


class Extension(Declared):
    """One indicator of the plan: who answers for it, and with what benefit its gap would be closed."""

    indicator: str = Field(description="id of a coverage that is divided by a population")
    accountable: str = Field(description="id of the administrator that answers for it")
    scheme: str | None = Field(None, description="id of the scheme that would be extended")
    monthly: float = Field(
        gt=0, description="assumed benefit for one person and month, in the national currency"
    )


class Risk(Declared):
    """What could keep a target from being reached, and what is done about it."""

    id: Id
    indicator: str
    text: Translated
    likelihood: Literal["low", "medium", "high"]
    impact: Literal["low", "medium", "high"]
    mitigation: Translated
    owner: str = Field(description="id of the administrator that answers for the mitigation")


class PlanReview(Declared):
    """When the plan was looked at, or will be, and what was concluded."""

    on: date
    conclusion: Translated


class Plan(Declared):
    """How coverage is to grow. Targets come as a table here, or as files of the dataset `targets`."""

    targets: Table | None = Field(None, description="a table in the columns of the dataset `targets`")
    administration_rate: float = Field(
        ge=0, le=1, description="what it costs to pay a benefit, as a share of the benefit"
    )
    extensions: tuple[Extension, ...] = Field(min_length=1)
    risks: tuple[Risk, ...] = ()
    reviews: tuple[PlanReview, ...] = ()
