"""What is sent and answered where a file is handed in, and where it is looked up."""

from typing import Any, Literal

from pydantic import Field

from dashboards.api.fields import (
    Answer,
    Dataset,
    File,
    Flag,
    OptionalDataset,
    OptionalMoment,
    OptionalText,
    Sent,
    Text,
)

Outcome = Literal["accepted", "partial", "rejected", "unreadable"]
Severity = Literal["repaired", "warn", "hold", "reject"]
Words = dict[str, str]
"""Language → text."""


class Path(Sent):
    """A submission is named by its receipt."""

    receipt: Text = Field(description="Like ABCD-EFGH-2345, in capitals or not.")


class NewSubmissionQuery(Sent):
    """What may stand in the address instead of the form."""

    dry_run: Flag = False
    dataset: OptionalDataset = None
    again: Flag = False


class NewSubmission(Sent):
    """One file."""

    file: File
    dataset: OptionalDataset = Field(default=None, description="Left out: found by its header.")
    dry_run: Flag = Field(default=False, description="Judge it and keep nothing.")
    because: OptionalText = Field(default=None, description="Why it is sent: for a correction.")
    again: Flag = Field(
        default=False, description="Let a file that was replaced take the place of what replaced it."
    )
    submitted_by: OptionalText = Field(default=None, description="Not believed: the sender is who signed in.")
    via: OptionalText = Field(default=None, description="`page` where the upload page sends it.")
    csrf_token: OptionalText = None


class Receipt(Answer):
    """What the sender gets."""

    receipt: str
    known: bool = Field(description="The same bytes had come before and nothing changed.")
    url: str


class CheckedProblem(Answer):
    """One problem of a file that was only judged."""

    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: str
    message: Words
    fix: Words
    sheet: str | None


class Verdict(Answer):
    """What a file would come to; `rows_read = rows_accepted + rows_rejected`."""

    dataset: Dataset | None
    outcome: Outcome
    held: bool = Field(description="Would be held until confirmed, because of what it would replace.")
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    read_as: dict[str, Any] = Field(description="How the bytes were read: encoding, delimiter, sheet …")
    counts: dict[str, int] = Field(description="Rule → how many problems.")
    problems: list[CheckedProblem]
    problems_left_out: int


class ListQuery(Sent):
    """Narrows the list."""

    state: OptionalText = None
    before: OptionalMoment = Field(default=None, description="Received before this moment.")


class Submission(Answer):
    """A row of mart.submission."""

    receipt: str
    filename: str
    sha256: str
    size: int = Field(description="Bytes.")
    dataset: str | None
    submitted_by: str
    via: str
    received_at: str
    state: str
    outcome: str | None
    rows_read: int | None
    rows_accepted: int | None
    rows_rejected: int | None
    finished_at: str | None
    unconfirmed: int | None = Field(description="Warnings of the last verdict that nobody has confirmed.")
    because: str | None
    verdicts: int
    handed_in_at: str | None
    tried_at: str | None
    raw_ended_at: str | None


class Submissions(Answer):
    """The latest, newest first."""

    submissions: list[Submission]


class RecordedProblem(Answer):
    """A row of mart.problem."""

    row_number: int | None
    column_name: str | None
    value: str | None
    rule: str
    severity: str
    message: Words
    confirmed_by: str | None
    confirmed_at: str | None
    comment: str | None


class SubmissionWithProblems(Submission):
    """A submission and the first problems of its last verdict."""

    problems: list[RecordedProblem]


class RecordedVerdict(Answer):
    """A row of mart.verdict."""

    receipt: str
    number: int
    judged_at: str
    outcome: str
    rows_read: int | None
    rows_accepted: int | None
    rows_rejected: int | None
    country: str | None = Field(description="Digest of the country folder by which it was judged.")


class Verdicts(Answer):
    """The last one last."""

    verdicts: list[RecordedVerdict]


class Change(Answer):
    """A row of mart.change: a figure that a submission or its withdrawal moved."""

    receipt: str
    kind: str
    by: str | None
    why: str | None
    at: str
    dataset: str
    period: str
    scheme: str | None
    area_code: str
    area_level: str
    own: bool
    before: float | None
    after: float | None
    difference: float | None


class Changes(Answer):
    """At the submission's areas and at every area above."""

    changes: list[Change]
