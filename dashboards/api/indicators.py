"""Indicators: the figures that are published, as they are now or as they were known at an earlier moment."""

from typing import Literal

from flask import Response, jsonify
from pydantic import Field, model_validator

from countries.period import Period
from dashboards.api.fields import Answer, OptionalMoment, OptionalText, Sent
from dashboards.api.resource import also, answers, resource
from dashboards.api.rows import frame, must_read, rows
from sala.errors import TooLarge

blueprint = resource("indicators")

LONGEST_ANSWER_ROWS = 200_000


class Query(Sent):
    """Which figures."""

    indicator: OptionalText = None
    area_code: OptionalText = None
    area_level: OptionalText = None
    period: OptionalText = None
    sex: OptionalText = None
    as_known_at: OptionalMoment = Field(default=None, description="As they were known at this moment.")
    status: Literal["endorsed"] | None = Field(
        default=None, description="What committees last signed, whether it still stands or not."
    )
    format: Literal["json", "csv"] = "json"

    @model_validator(mode="after")
    def _one_moment(self) -> "Query":
        if self.status and self.as_known_at:
            raise ValueError("`status` is `endorsed` or left out, and goes without `as_known_at`.")
        return self


class Figure(Answer):
    """A row of mart.indicator_value; one of mart.indicator_signed says when it was signed, too."""

    indicator: str
    area_code: str
    area_level: str
    period: str
    sex: str
    age_group: str
    numerator: float | None = Field(description="Persons, or what else the indicator adds up.")
    denominator: float | None = Field(description="Persons, or what else divides it.")
    value: float | None = Field(description="Missing where only bounds are known, or the denominator is not.")
    lower_bound: float | None
    upper_bound: float | None
    completeness: float | None = Field(description="Share of the expected returns that came, from 0 to 1.")
    status: str
    known_from: str
    version: int = Field(description="Of the definition under which it was computed.")
    signed_at: str | None = None
    signed_until: str | None = None


_FIGURES = """
SELECT {} FROM {} WHERE (CAST(:indicator AS text) IS NULL OR indicator = :indicator)
  AND (CAST(:area_code AS text) IS NULL OR area_code = :area_code)
  AND (CAST(:area_level AS text) IS NULL OR area_level = :area_level)
  AND (CAST(:period AS text) IS NULL OR period = :period)
  AND (CAST(:period_id AS integer) IS NULL OR period_id = :period_id)
  AND (CAST(:sex AS text) IS NULL OR sex = :sex)
ORDER BY period, area_code, indicator, sex, age_group LIMIT :most
"""
_SIGNED = list(Figure.model_fields)
_COLUMNS = [name for name in _SIGNED if not name.startswith("signed_")]
_PRESENT = _FIGURES.format(", ".join(_COLUMNS), "mart.indicator_value")
_ENDORSED = _FIGURES.format(", ".join(_SIGNED), "mart.indicator_signed")
_EARLIER = _FIGURES.format(", ".join(_COLUMNS), "mart.as_known_at(:moment)")


class Figures(Answer):
    """By period, area, indicator, sex and age group."""

    indicators: list[Figure]


@blueprint.get("/indicators", responses=answers({200: also(blueprint, Figures, "text/csv")}, 413))
def get_indicators(query: Query) -> Response:
    """Figures of indicators, as JSON or CSV."""
    if query.area_code:
        must_read(query.area_code)
    statement = _EARLIER if query.as_known_at else _ENDORSED if query.status else _PRESENT
    filters = query.model_dump(include={"indicator", "area_code", "area_level", "period", "sex"})
    params = filters | {"most": LONGEST_ANSWER_ROWS + 1}
    params["period_id"] = Period.id_of(query.period) if query.period else None
    if query.as_known_at:
        params["moment"] = query.as_known_at
    if query.format == "csv":
        table = frame(statement, **params)
        _not_too_many(len(table))
        return Response(table.to_csv(index=False), mimetype="text/csv")
    figures = rows(statement, **params)
    _not_too_many(len(figures))
    return jsonify(indicators=figures)


def _not_too_many(count: int) -> None:
    if count > LONGEST_ANSWER_ROWS:
        raise TooLarge("too_many_figures", most=LONGEST_ANSWER_ROWS)
