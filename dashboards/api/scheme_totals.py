"""Scheme totals: what every area's schemes come to, take-up included, and the same by population group."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field, create_model

from dashboards.api.fields import Answer, OptionalText, PeriodKey, Sent, Text
from dashboards.api.resource import answers, resource
from dashboards.api.rows import must_read, rows
from validators.contracts.contract import contract

blueprint = resource("scheme_totals")

_TOTALS = """
SELECT * FROM mart.{} WHERE area_code = :area_code AND period = :period
  AND (CAST(:scheme AS text) IS NULL OR scheme = :scheme)
ORDER BY scheme, sex, age_group, disability{}
"""
_BY_SCHEME = _TOTALS.format("scheme_total", "")
_BY_GROUP = _TOTALS.format("group_total", ", dimension, population_group")
_GAPS = """
SELECT * FROM mart.item_nonresponse(:area_code, :period)
WHERE CAST(:scheme AS text) IS NULL OR scheme = :scheme
ORDER BY scheme, sex, column_name
"""


class Query(Sent):
    """Of which area and period, and of one scheme or all."""

    period: PeriodKey
    area_code: Text
    scheme: OptionalText = None


class _Total(Answer):
    area_code: str
    area_level: str
    scheme: str
    period: str
    sex: str
    age_group: str
    disability: str
    unit: str = Field(description="What the scheme counts; different units are never added.")
    place_not_known: int | None = Field(
        description="Of the beneficiaries, those reported above the layer that reports the scheme."
    )


_MEASURES: dict[str, Any] = {
    column.name: (
        int | None if column.type == "count" else float | None,
        Field(description=column.description["en"]),
    )
    for column in contract("scheme_returns").typed("count", "money")
}
_Measured = create_model("_Measured", __base__=_Total, **_MEASURES)


class SchemeTotal(_Measured):  # type: ignore[valid-type, misc]  # made of the contract
    """A row of mart.scheme_total."""

    status: str


class GroupTotal(_Measured):  # type: ignore[valid-type, misc]
    """A row of mart.group_total: it restates persons of the totals, and is never added to them."""

    population_group: str
    dimension: str = Field(description="Groups of different dimensions overlap.")


class LeftOut(Answer):
    """What returns of the area and of those below it leave out: not known, and never zero."""

    scheme: str
    sex: str
    column_name: str
    returns: int = Field(description="How many returns that came leave it out, for some age group or all.")


class Remainder(Answer):
    """Persons of sex U whom published totals count beyond their parts."""

    scheme: str
    not_told_apart: int | None
    rounding: int | None = Field(
        description="Negative, where the parts come to more than the published total."
    )


class SchemeTotals(Answer):
    """By scheme, sex, age group and disability."""

    totals: list[SchemeTotal]
    groups: list[GroupTotal]
    left_out: list[LeftOut]
    remainders: list[Remainder]


@blueprint.get("/scheme-totals", responses=answers({200: SchemeTotals}))
def get_scheme_totals(query: Query) -> Response:
    """What the schemes of an area come to in a period, and the same by population group."""
    must_read(query.area_code)
    filters = query.model_dump()
    gaps = rows(_GAPS, **filters)
    return jsonify(
        totals=rows(_BY_SCHEME, **filters),
        groups=rows(_BY_GROUP, **filters),
        left_out=[_of(LeftOut, gap) for gap in gaps if gap["returns"] is not None],
        remainders=[_of(Remainder, gap) for gap in gaps if gap["returns"] is None],
    )


def _of(model: type[Answer], gap: dict[str, Any]) -> dict[str, Any]:
    return {name: gap[name] for name in model.model_fields}
