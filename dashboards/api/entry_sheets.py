"""Sheets to fill in on a page: a small return's lines with the checks of its contract, and what was written so far."""

from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field

from countries.country import current
from dashboards.api.contracts import Path as DatasetPath
from dashboards.api.fields import Answer, OptionalPeriod, PeriodKey, Sent, Text
from dashboards.api.resource import answers, resource
from dashboards.api.rows import json_value, must_read
from dashboards.api.submission_models import Words
from dashboards.server.current_user import person
from sala.errors import TooLarge
from transforms.intake.entry_drafts import (
    MOST_LETTERS,
    SheetOf,
    delete_entry_draft,
    entry_draft,
    save_entry_draft,
)
from transforms.intake.entry_sheet import MOST_LINES, EntrySheet, entry_sheet, sheet_of
from validators.outputs.entry_checks import not_above, number_form, total_of_parts
from validators.values import codes

blueprint = resource("entry-sheets")


class SheetQuery(Sent):
    """For whom."""

    area: Text = Field(description="Its code.")
    period: OptionalPeriod = Field(default=None, description="Left out: the one that is due now.")


class DraftPath(Sent):
    """A sheet."""

    dataset: Text
    area: Text
    period: PeriodKey


class NumberForm(Answer):
    """What a number may be, and what is said of one that may not; {value} is filled where it is shown."""

    whole: bool
    minimum: float | None
    maximum: float | None
    malformed: Words
    below: Words
    above: Words


class EntryColumn(Answer):
    """A column to fill in."""

    name: str
    label: Words
    description: Words
    required: bool
    number: NumberForm | None
    choices: list[str]
    schemes: list[str] = Field(description="The schemes that report it; all where none is named.")


class EntryLine(Answer):
    """A line: what is known of it, what stands, and the persons counted in the period before."""

    known: dict[str, str]
    standing: dict[str, str]
    last: int | None


class NotAbove(Answer):
    """A column that another one of the same line limits."""

    column: str
    above: str
    message: Words


class TotalOfParts(Answer):
    """A line over all of some columns is compared with its parts."""

    column: str
    over: list[str]
    more: Words
    less: Words


class Draft(Answer):
    """What was written so far, cell by cell."""

    cells: dict[str, str]
    saved_at: str


class Sheet(Answer):
    """A sheet to fill in."""

    dataset: str
    area: str
    period: str
    return_key: list[str]
    order: list[str] = Field(description="The columns of the file to be sent.")
    thousands: str = Field(description="What stands between thousands.")
    decimal: str
    columns: list[EntryColumn]
    lines: list[EntryLine]
    names: dict[str, dict[str, Words]] = Field(description="Column → code → names.")
    left_out: int = Field(description="Returns that tell more apart than a sheet does.")
    not_above: list[NotAbove]
    total: TotalOfParts | None
    draft: Draft | None


class NewDraft(Sent):
    """What was written so far."""

    cells: Annotated[
        dict[Annotated[Text, Field(max_length=300)], Annotated[Text, Field(max_length=500)]],
        Field(max_length=10 * MOST_LINES, description="Cell → text, by names of the page's own."),
    ]


class Saved(Answer):
    """When it was saved."""

    saved_at: str


@blueprint.get("/entry-sheets/<dataset>", responses=answers({200: Sheet}, 404))
def get_sheet(path: DatasetPath, query: SheetQuery) -> Response:
    """The lines of a small return of an area, as its template has them."""
    of = sheet_of(current(), path.dataset, query.area, query.period or "")
    must_read(of.area)
    reader = person()
    return jsonify(_as_json(entry_sheet(reader, of, current())) | {"draft": _draft(of)})


@blueprint.put("/entry-drafts/<dataset>/<area>/<period>", responses=answers({200: Saved}, 404, 413, 415))
def put_draft(path: DraftPath, body: NewDraft) -> Response:
    """Keep what was written so far; only whoever wrote it reads it."""
    of = _of(path)
    if sum(len(cell) + len(value) for cell, value in body.cells.items()) > MOST_LETTERS:
        raise TooLarge("draft_too_large")
    return jsonify(saved_at=json_value(save_entry_draft(person(), of, body.cells)))


@blueprint.delete("/entry-drafts/<dataset>/<area>/<period>", responses=answers({204: None}, 404))
def delete_draft(path: DraftPath) -> tuple[str, int]:
    """Drop what was written."""
    delete_entry_draft(person(), _of(path))
    return "", 204


def _of(path: DraftPath) -> SheetOf:
    must_read(path.area)
    return sheet_of(current(), path.dataset, path.area, path.period)


def _draft(of: SheetOf) -> dict[str, Any] | None:
    kept = entry_draft(person(), of)
    return None if kept is None else {"cells": dict(kept.cells), "saved_at": json_value(kept.saved_at)}


def _as_json(sheet: EntrySheet) -> dict[str, Any]:
    country, contract = current(), sheet.contract
    total = total_of_parts(contract, country)
    known = list(sheet.lines[0].known) if sheet.lines else []
    return {
        "dataset": sheet.of.dataset,
        "area": sheet.of.area,
        "period": sheet.of.period,
        "return_key": list(contract.return_key),
        "order": [*known, *(column.name for column in sheet.columns)],
        "thousands": country.locale.thousands,
        "decimal": country.locale.decimal,
        "columns": [
            {
                "name": column.name,
                "label": dict(column.label),
                "description": dict(column.description),
                "required": column.required,
                "number": json_value(_plain(number_form(column))),
                "choices": list(codes(column, country)),
                "schemes": [s.id for s in country.schemes if column.on_request and column.name in s.reports],
            }
            for column in sheet.columns
        ],
        "lines": [
            {"known": line.known, "standing": dict(line.standing), "last": line.last} for line in sheet.lines
        ],
        "names": {
            column: {code: dict(names) for code, names in of_column.items()}
            for column, of_column in sheet.names.items()
        },
        "left_out": sheet.left_out,
        "not_above": [_plain(limit) for limit in not_above(contract, sheet.columns, country)],
        "total": None if total is None else _plain(total) | {"over": list(total.over)},
    }


def _plain(declared: Any) -> Any:
    return None if declared is None else dict(vars(declared))
