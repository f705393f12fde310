"""What is said to a submission afterwards: its warnings confirmed, the file withdrawn, or judged anew."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field, model_validator

from countries.country import current
from dashboards.api.fields import Answer, Number, OptionalText, Sent
from dashboards.api.resource import answers, optional_body, resource
from dashboards.api.rows import rows
from dashboards.api.submission_models import Path
from dashboards.server.current_user import person
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.join import join
from transforms.intake.corrections.retry import retry
from transforms.intake.corrections.withdraw import Which, withdraw

blueprint = resource("corrections")


class Optional(Sent):
    """A body that may be left out."""

    @model_validator(mode="before")
    @classmethod
    def _nothing(cls, value: Any) -> Any:
        return {} if value is None else value


class NewConfirmation(Optional):
    """Which warnings of the last verdict are right: all of them, those of a rule, or one row's."""

    rule: OptionalText = None
    row: Number | None = Field(default=None, description="As the problems of the submission number it.")
    comment: OptionalText = None


class Confirmed(Answer):
    """How many warnings that were."""

    confirmed: int


class Confirmation(Answer):
    """A row of mart.confirmation."""

    verdict: int
    rule: str | None
    row_number: int | None
    comment: str | None
    confirmed_by: str
    confirmed_at: str


class Confirmations(Answer):
    """The oldest first."""

    confirmations: list[Confirmation]


class Withdrawal(Optional):
    """Why, and of which returns: all of the submission where none is named."""

    because: OptionalText = Field(
        default=None, description="Everybody above will see it; nothing goes without."
    )
    period: OptionalText = None
    area_code: OptionalText = None
    scheme: OptionalText = Field(default=None, description="Of targets: the indicator.")
    left_out_of: OptionalText = Field(
        default=None, description="Receipt of a newer file of the same sender: only what it no longer has."
    )


class Withdrawn(Answer):
    """How many returns stand no more."""

    withdrawn: int


class Retried(Answer):
    """Where its new verdict will be."""

    receipt: str
    url: str


@blueprint.post(
    "/submissions/<receipt>/confirmations",
    responses=answers({201: Confirmed}, 404, 409, 415),
    request_body=optional_body("NewConfirmation"),
)
def post_confirmation(path: Path, body: NewConfirmation) -> tuple[Response, int]:
    """Confirm that warnings are right."""
    count = confirm(person(), path.receipt, body.rule, body.row, body.comment)
    return jsonify(confirmed=count), 201


@blueprint.post("/submissions/<receipt>/joins", responses=answers({202: Retried}, 404, 409))
def post_join(path: Path) -> tuple[Response, int]:
    """Hand in a held file anew with the lines that it would drop of what stands, and withdraw the held one."""
    receipt = join(person(), path.receipt, current(), via="api").receipt
    return jsonify(receipt=receipt, url=f"/api/v1/submissions/{receipt}"), 202


@blueprint.get("/submissions/<receipt>/confirmations", responses={200: Confirmations})
def get_confirmations(path: Path) -> Response:
    """What was confirmed of the verdicts on a submission."""
    confirmations = rows(
        "SELECT verdict, rule, row_number, comment, confirmed_by, confirmed_at FROM mart.confirmation"
        " WHERE receipt = :receipt ORDER BY confirmed_at",
        receipt=path.receipt.upper(),
    )
    return jsonify(confirmations=confirmations)


@blueprint.delete(
    "/submissions/<receipt>",
    responses=answers({200: Withdrawn}, 404, 409, 415),
    request_body=optional_body("Withdrawal"),
)
def delete_submission(path: Path, query: Withdrawal, body: Withdrawal) -> Response:
    """Withdraw a submission or some of its returns; nothing stands in their place until a file is handed in."""
    which = Which(
        body.period or query.period,
        body.area_code or query.area_code,
        body.scheme or query.scheme,
        body.left_out_of or query.left_out_of,
    )
    count = withdraw(person(), path.receipt, body.because or query.because or "", which)
    return jsonify(withdrawn=count)


@blueprint.post("/submissions/<receipt>/retries", responses=answers({202: Retried}, 404, 409))
def post_retry(path: Path) -> tuple[Response, int]:
    """Judge a submission anew that was not wholly taken in: after a mend in the country folder."""
    retry(person(), path.receipt)
    receipt = path.receipt.upper()
    return jsonify(receipt=receipt, url=f"/api/v1/submissions/{receipt}"), 202
