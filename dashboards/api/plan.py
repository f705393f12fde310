"""The plan: how far each target is, who is left out, and what closing the gap costs by which assumptions."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from dashboards.api.fields import Answer, OptionalPeriod, OptionalText, Sent
from dashboards.api.resource import answers, resource
from dashboards.api.rows import PAGE_ROWS, must_read, rows

blueprint = resource("plan")

_ASKED = """
SELECT * FROM {} WHERE (CAST(:indicator AS text) IS NULL OR indicator = :indicator)
  AND (CAST(:sex AS text) IS NULL OR sex = :sex) AND (CAST(:area_code AS text) IS NULL OR area_code = :area_code) {}
ORDER BY {} LIMIT :most
"""
_OF_MONTH = """
  AND (CAST(:area_level AS text) IS NULL OR area_level = :area_level)
  AND period = coalesce(:period, (SELECT period FROM mart.period WHERE newest_reported))
"""
_PROGRESS = _ASKED.format("mart.plan_progress", "", "indicator, area_code, sex, year")
_LEFT_OUT = _ASKED.format("mart.left_out", _OF_MONTH, "at_most DESC, area_code, indicator, sex")
_COST = _ASKED.format(
    "mart.extension_cost(:administration_rate, :monthly_benefit)",
    _OF_MONTH,
    "uncovered_at_most DESC, area_code, indicator, sex",
)


class Query(Sent):
    """Of which indicator, area, sex and month; and assumptions instead of the plan's."""

    indicator: OptionalText = None
    area_code: OptionalText = None
    area_level: OptionalText = Field(default=None, description="Of left_out and cost: areas of one layer.")
    sex: OptionalText = Field(default=None, description="F, M, X, U or _T.")
    period: OptionalPeriod = Field(
        default=None, description="Left out: the newest month of which the nation has half its returns."
    )
    administration_rate: float | None = Field(
        default=None, ge=0, le=1, description="Cost of paying a benefit, as a share of it; else the plan's."
    )
    monthly_benefit: float | None = Field(
        default=None, gt=0, description="For one person and month; else the plan's, by indicator."
    )


class Progress(Answer):
    """A row of mart.plan_progress."""

    indicator: str
    area_code: str
    area_level: str
    sex: str
    kind: str
    year: int
    target: float
    responsible: str | None
    baseline_year: int | None
    baseline: float | None
    as_of: str
    present: float | None = Field(description="Missing where only bounds are known.")
    lower_bound: float | None
    upper_bound: float | None
    shortfall: float | None
    shortfall_at_least: float | None
    shortfall_at_most: float | None
    pace_needed: float | None = Field(description="Change a year.")
    pace_seen: float | None
    arrival_year: int | None = Field(description="At the pace seen; missing where that never comes.")
    state: str = Field(description="reached, on_track, behind or unknown.")


class LeftOut(Answer):
    """A row of mart.left_out: the largest first."""

    indicator: str
    area_code: str
    area_level: str
    period: str
    sex: str
    denominator: int
    uncovered: int | None
    at_least: int | None
    at_most: int | None
    place: int = Field(description="Among the areas of its layer.")


class Cost(Answer):
    """A row of mart.extension_cost, with the assumptions by which it was made."""

    indicator: str
    area_code: str
    area_level: str
    period: str
    sex: str
    uncovered: int | None
    uncovered_at_least: int | None
    uncovered_at_most: int | None
    monthly_benefit: float
    administration_rate: float
    monthly_cost: float | None
    monthly_cost_at_least: float | None
    monthly_cost_at_most: float | None
    accountable: str
    scheme: str | None


class Risk(Answer):
    """A row of mart.plan_risk."""

    risk: str
    indicator: str
    texts: dict[str, str]
    likelihood: str
    impact: str
    mitigations: dict[str, str]
    owner: str


class Review(Answer):
    """A row of mart.plan_review."""

    reviewed_on: str
    conclusions: dict[str, str]


class Plan(Answer):
    """Each list at most 500 rows: ask for an area, a layer or an indicator."""

    progress: list[Progress]
    left_out: list[LeftOut]
    cost: list[Cost]
    risks: list[Risk]
    reviews: list[Review]


@blueprint.get("/plan", responses=answers({200: Plan}))
def get_plan(query: Query) -> Response:
    """How far the plan is."""
    if query.area_code:
        must_read(query.area_code)
    params: dict[str, Any] = query.model_dump() | {"most": PAGE_ROWS}
    return jsonify(
        progress=rows(_PROGRESS, **params),
        left_out=rows(_LEFT_OUT, **params),
        cost=rows(_COST, **params),
        risks=rows("SELECT * FROM mart.plan_risk ORDER BY risk"),
        reviews=rows("SELECT * FROM mart.plan_review ORDER BY reviewed_on DESC"),
    )
