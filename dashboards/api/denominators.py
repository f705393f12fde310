"""Denominators: the population by which each indicator divides, with its year, vintage and status."""

from typing import Literal

from flask import Response, jsonify
from pydantic import Field

from dashboards.api.fields import Answer, OptionalPeriod, OptionalText, Sent
from dashboards.api.resource import also, answers, resource
from dashboards.api.rows import PAGE_ROWS, frame, must_read, rows

blueprint = resource("denominators")

_DENOMINATORS = """
SELECT * FROM mart.denominator
WHERE (CAST(:indicator AS text) IS NULL OR indicator = :indicator)
  AND (CAST(:area_code AS text) IS NULL OR area_code = :area_code)
  AND (CAST(:period AS text) IS NULL OR period = :period)
ORDER BY period DESC, area_code, indicator, sex LIMIT :most
"""


class Query(Sent):
    """Of which indicator, area and period."""

    indicator: OptionalText = None
    area_code: OptionalText = None
    period: OptionalPeriod = None
    format: Literal["json", "csv"] = "json"


class Denominator(Answer):
    """A row of mart.denominator."""

    indicator: str
    area_code: str
    area_level: str
    period: str
    year: int = Field(description="Whose population divides.")
    sex: str
    persons: int
    status: str = Field(description="A counted, P provisional, F projected, E estimated, I interpolated.")
    from_years: list[int]
    sources: list[str]
    known_from: str


class Denominators(Answer):
    """At most 500 rows, the newest periods first: ask for an area or an indicator."""

    denominators: list[Denominator]


@blueprint.get("/denominators", responses=answers({200: also(blueprint, Denominators, "text/csv")}))
def get_denominators(query: Query) -> Response:
    """By which population indicators divide, as JSON or CSV."""
    if query.area_code:
        must_read(query.area_code)
    params = query.model_dump(exclude={"format"}) | {"most": PAGE_ROWS}
    if query.format == "csv":
        table = frame(_DENOMINATORS, **params)
        for column in ("from_years", "sources"):
            table[column] = table[column].map(lambda values: " · ".join(map(str, values)))
        return Response(table.to_csv(index=False), mimetype="text/csv")
    return jsonify(denominators=rows(_DENOMINATORS, **params))
