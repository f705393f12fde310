"""Marts: the rows behind whatever the page of data shows, chosen by the same words, as JSON or a streamed file."""

from typing import Any, Literal

from flask import Response, request, stream_with_context
from pydantic import Field, create_model

from countries.country import current
from dashboards.api.fields import Answer, Sent, Text
from dashboards.api.resource import answers, media, resource
from dashboards.api.rows import must_read
from dashboards.models.selection import parse
from dashboards.queries.selection import explored, explored_mart, numeric, streamed
from dashboards.server.current_user import acting
from dashboards.server.downloads import XLSX
from dashboards.server.streamed_files import csv_bytes, json_bytes, parquet_bytes, xlsx_bytes

blueprint = resource("marts")

TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": XLSX,
    "parquet": "application/vnd.apache.parquet",
}


class Path(Sent):
    """One of the marts that can be explored."""

    mart: Text


class Described(Answer):
    """A mart that can be explored."""

    name: str
    meaning: str
    grain: str
    unit: str | None
    caveat: str | None
    columns: dict[str, str] = Field(description="Column → what it means.")


class Marts(Answer):
    """By name."""

    marts: list[Described]


class _Chosen(Sent):
    within: Text | None = Field(default=None, description="Code of an area: it and what lies below it.")
    measure: list[Text] | None = Field(default=None, description="Columns; left out: every number.")
    limit: list[Text] | None = Field(default=None, description="Such as value>=0.2.")
    known_at: Text | None = Field(default=None, description="As known at the end of a day, or at a moment.")
    compared_with: Text | None = Field(default=None, description="An earlier moment, for the difference.")
    sort: Text | None = Field(
        default=None, description="Taken by the page alone; rows come as they are read."
    )
    lang: Text | None = None
    format: Literal["json", "csv", "xlsx", "parquet"] = "json"


_DIMENSIONS = dict.fromkeys(name for mart in explored().values() for name in (*mart.dimensions, "area_level"))
_MANY: Any = (list[Text] | None, Field(default=None, description="One value or several; left out: all."))
Query = create_model("MartQuery", __base__=_Chosen, **dict.fromkeys(_DIMENSIONS, _MANY))


@blueprint.get("/marts", responses={200: Marts})
def list_marts() -> dict[str, Any]:
    """The marts that can be explored, with what their columns mean."""
    names = ("name", "meaning", "grain", "unit", "caveat", "columns")
    return {"marts": [mart.model_dump(include=set(names)) for mart in explored().values()]}


@blueprint.get("/marts/<mart>", responses=answers({200: media(*TYPES.values())}, 404))
def get_mart(path: Path, query: Query) -> Response:  # type: ignore[valid-type]  # made of the marts
    """The rows of a mart that were chosen, sent as they are read."""
    mart = explored_mart(path.mart)
    with acting() as connection:
        numbers = numeric(connection, mart)
    selection = parse(mart, request.args.items(multi=True), numbers, current().timezone)
    for code in (selection.within, *selection.values.get("area_code", ())[:1]):
        if code:
            must_read(code)
    columns, slices = selection.columns, streamed(selection)
    kind = request.args.get("format", "json")
    match kind:
        case "csv":
            body = csv_bytes(columns, slices)
        case "xlsx":
            body = xlsx_bytes(columns, slices)
        case "parquet":
            body = parquet_bytes(columns, [c for m in numbers for c in selection.shown(m)], slices)
        case _:
            body = json_bytes(columns, slices)
    answer = Response(stream_with_context(body), mimetype=TYPES[kind])
    if kind != "json":
        answer.headers.set("Content-Disposition", "attachment", filename=f"sala-{mart.name}.{kind}")
    return answer
