"""Residences: what the one area of residence of a person adds to lists and takes from them, and who decides it."""

from flask import Response, jsonify
from pydantic import Field

from dashboards.api.fields import Answer, OptionalPeriod, OptionalText, Sent, Text
from dashboards.api.resource import answers, resource
from dashboards.api.rows import PAGE_ROWS, must_read, rows
from dashboards.server.current_user import acting, person
from transforms.review.residence import Residence, decide

blueprint = resource("residences")

_ADJUSTMENTS = """
SELECT * FROM mart.list_adjustment
WHERE (CAST(:area_code AS text) IS NULL OR area_code = :area_code)
  AND (CAST(:period AS text) IS NULL OR period = :period)
ORDER BY period DESC, area_code, other_area_code, scheme LIMIT :most
"""


class Query(Sent):
    """Of which area and period."""

    area_code: OptionalText = None
    period: OptionalPeriod = None


class Adjustment(Answer):
    """A row of mart.list_adjustment."""

    period: str
    area_code: str
    area_level: str
    scheme: str
    other_area_code: str
    persons: int = Field(description="Signed: listed + this = counted as living there.")
    decided_by: str = Field(description="`rule` where nobody decided.")
    decided_at: str | None
    because: str | None


class Adjustments(Answer):
    """At most 500 rows, the newest periods first."""

    adjustments: list[Adjustment]


class NewResidence(Sent):
    """Persons whom lists of both areas name live in `area_code`."""

    period: Text
    area_code: Text
    other_area_code: Text
    because: Text


class Decided(Answer):
    """What was decided; figures follow with the next publication."""

    area_code: str


@blueprint.get("/residences", responses=answers({200: Adjustments}))
def list_residences(query: Query) -> Response:
    """Signed adjustments of lists."""
    if query.area_code:
        must_read(query.area_code)
    return jsonify(adjustments=rows(_ADJUSTMENTS, **query.model_dump(), most=PAGE_ROWS))


@blueprint.post("/residences", responses=answers({200: Decided}, 404, 409, 415))
def post_residence(body: NewResidence) -> Response:
    """Decide where persons live whom lists of two areas name."""
    with acting() as connection:
        decide(
            connection, Residence(body.period, body.area_code, body.other_area_code, body.because), person()
        )
    return jsonify(area_code=body.area_code)
