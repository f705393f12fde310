"""Mending a file row by row: what is wrong in it, and a new file with some of its cells written anew."""

from typing import Annotated

from flask import Response, jsonify
from pydantic import Field

from countries.country import current
from dashboards.api.fields import Answer, Flag, Number, Sent, Text
from dashboards.api.resource import answers, resource
from dashboards.api.submission_models import Path, Receipt, Verdict, Words
from dashboards.server.current_user import person
from transforms.intake.corrections.mend import MOST_ROWS, Edit, check_mended, faulty_rows, mend

blueprint = resource("mending")

Cell = Annotated[Text, Field(max_length=4_000)]


class CellProblem(Answer):
    """A problem of a row that nobody has confirmed."""

    column: str | None = Field(description="Null for what concerns the row.")
    severity: str
    message: Words
    suggestions: list[str] = Field(description="What the value may have been meant to be.")


class FaultyRow(Answer):
    """A row as its spreadsheet counts it; cells that name persons are masked."""

    row: int
    cells: dict[str, str | None]
    problems: list[CellProblem]


class MendableColumn(Answer):
    """A column of the dataset, and what it may hold where it has a list."""

    name: str
    label: Words
    numeric: bool
    choices: list[str]


class FaultyRows(Answer):
    """The rows that were rejected first, then those with a warning."""

    receipt: str
    dataset: str
    masked: bool = Field(description="The dataset names persons, so cells are not shown.")
    columns: list[MendableColumn]
    rows: list[FaultyRow]
    more: int = Field(description=f"Faulty rows beyond the first {MOST_ROWS}.")


class RowEdit(Sent):
    """What is written into a row."""

    row: Number
    cells: dict[Text, Cell] = Field(default={}, description="Column → text; empty for nothing.")
    leave_out: bool = False


class NewMend(Sent):
    """The rows that are mended; all others go along as they are."""

    rows: Annotated[list[RowEdit], Field(min_length=1, max_length=1_000)]
    dry_run: bool = Field(default=False, description="Judge the mended file and keep nothing.")


class MendQuery(Sent):
    """What may stand in the address instead of the body."""

    dry_run: Flag = False


@blueprint.get("/submissions/<receipt>/faulty-rows", responses=answers({200: FaultyRows}, 404, 409, 410))
def get_faulty_rows(path: Path) -> Response:
    """The first rows of a file in which something is wrong, with what they may have been meant to say."""
    faulty = faulty_rows(person(), path.receipt, current())
    return jsonify(
        receipt=path.receipt.upper(),
        dataset=faulty.table.dataset,
        masked=faulty.table.contract.names_persons,
        columns=[
            {
                "name": column.name,
                "label": dict(column.label),
                "numeric": column.numeric,
                "choices": list(faulty.choices.get(column.name, ())),
            }
            for column in faulty.columns
        ],
        rows=[
            {
                "row": row.row,
                "cells": dict(row.cells),
                "problems": [
                    {
                        "column": problem.column,
                        "severity": problem.severity,
                        "message": dict(problem.text),
                        "suggestions": list(problem.suggestions),
                    }
                    for problem in row.problems
                ],
            }
            for row in faulty.rows
        ],
        more=faulty.more,
    )


@blueprint.post(
    "/submissions/<receipt>/mends", responses=answers({202: Receipt, 200: Verdict}, 404, 409, 410, 413, 415)
)
def post_mend(path: Path, query: MendQuery, body: NewMend) -> tuple[Response, int]:
    """Hand in the file anew with these rows mended, or with dry_run=true have that judged only."""
    edits = {edit.row: Edit(edit.cells, edit.leave_out) for edit in body.rows}
    if body.dry_run or query.dry_run:
        return jsonify(check_mended(person(), path.receipt, current(), edits).as_json()), 200
    taken = mend(person(), path.receipt, current(), edits, via="api")
    url = f"/api/v1/submissions/{taken.receipt}"
    answer = jsonify(receipt=taken.receipt, known=taken.known, url=url)
    answer.headers["Location"] = url
    return answer, 202
