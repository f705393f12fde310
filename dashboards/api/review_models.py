"""What is sent and answered where committees review."""

from typing import Any, Literal

from pydantic import Field

from dashboards.api.fields import (
    Answer,
    Number,
    OptionalPeriod,
    OptionalText,
    ReviewedDataset,
    Sent,
    Text,
)

Names = dict[str, str]
"""Language → name."""


class ListQuery(Sent):
    """Which compilations."""

    area_code: OptionalText = Field(default=None, description="Left out: the reader's own.")
    dataset: ReviewedDataset | None = None
    period: OptionalPeriod = None
    state: OptionalText = None


class Path(Sent):
    """A compilation is named by its area, dataset and period."""

    area: Text
    dataset: Text
    period: Text


class Compilation(Answer):
    """A row of mart.compilation."""

    area_code: str
    area_level: str
    dataset: str
    period: str
    state: str
    since: str | None
    expected: int | None = Field(description="Returns.")
    received: int | None = Field(description="Returns.")
    signed_at: str | None
    signed_until: str | None


class Compilations(Answer):
    """The newest period first."""

    reviews: list[Compilation]


class _OfACompilation(Answer):
    area_code: str
    area_level: str
    dataset: str
    period: str


class Endorsement(_OfACompilation):
    """A row of mart.endorsement."""

    as_known_at: str
    ended_at: str | None
    fingerprint: str
    totals: Any
    signed_by: list[str]


class Signature(_OfACompilation):
    """A row of mart.signature."""

    office: str
    person: str
    signed_at: str
    ended_at: str | None
    fingerprint: str
    complete: bool


class Act(_OfACompilation):
    """A row of mart.review: what happened, the oldest first."""

    state: str
    acted_by: str | None
    acted_at: str
    as_known_at: str | None
    reason: str | None
    review_id: int
    act: str
    office: str | None
    moved: Any = Field(description="Figures that moved: what, before, after.")
    cause_code: str | None
    receipts: list[str] | None
    causes: list[str] = Field(description="What moved them: file, withdrawal, population, definition.")


class Remark(Answer):
    """A row of mart.review_comment."""

    comment_id: int
    area_code: str
    child_code: str
    dataset: str
    period: str
    cell: str
    answers: int | None
    written_by: str
    written_at: str
    text: str


class Missing(Answer):
    """A return that has not come."""

    area_code: str
    names: Names
    area_level: str
    scheme: str | None


class Warning(Answer):
    """Warnings of the returns below: of a rule, how many and of how many areas, and the first of them."""

    rule: str
    n: int
    unconfirmed: int
    areas: int
    message: Names | None
    area_code: str | None
    names: Names | None
    receipt: str | None
    row_number: int | None


class Review(Compilation):
    """One compilation: what to sign, what was signed, what happened, what is missing."""

    seen: str | None = Field(description="What to send with a signature.")
    endorsements: list[Endorsement]
    signatures: list[Signature]
    timeline: list[Act]
    remarks: list[Remark]
    missing: list[Missing]
    warnings: list[Warning]


class NewSignature(Sent):
    """The text that GET gave as `seen`."""

    seen: Text


class Signed(Answer):
    """Endorsed once everybody of the quorum has signed."""

    state: Literal["signed", "endorsed"]


class NewReturn(Sent):
    """Area codes right below, and why."""

    children: list[Text]
    reason: Text


class Returned(Answer):
    """The areas that have it again."""

    returned: list[str]


class NewRemark(Sent):
    """A text about a `cell` of the row of `child`, or one that answers another."""

    text: Text
    child: OptionalText = Field(default=None, description="Left out: the area itself.")
    cell: OptionalText = None
    answers: Number | None = Field(default=None, description="The comment_id of the remark that it answers.")


class Remarked(Answer):
    """The number of the new remark."""

    comment_id: int
