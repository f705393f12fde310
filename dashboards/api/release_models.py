"""What is sent and answered where the board releases."""

from pydantic import Field

from dashboards.api.fields import Answer, OptionalMoment, OptionalPeriod, OptionalText, PeriodKey, Sent, Text


class ListQuery(Sent):
    """Which releases."""

    period: OptionalPeriod = None


class Path(Sent):
    """A release by its permanent name."""

    release: Text


class FilePath(Path):
    """A file of a release."""

    filename: Text


class FigurePath(Path):
    """A figure of a release: its table, and the codes of its dimensions with colons between."""

    table: Text
    key: Text


class FigureQuery(Sent):
    """Which figures."""

    table: OptionalText = None
    area_code: OptionalText = None


class NewDraft(Sent):
    """What is to be released."""

    period: PeriodKey
    note: Text = Field(default="", max_length=4000, description="What the board says with the figures.")
    as_known_at: OptionalMoment = None


class NewAnswer(Sent):
    """Why a point of the checklist does not stand in the way."""

    check: Text
    reason: Text


class NewSignature(Sent):
    """What was seen: the content hash."""

    seen: Text


class NewWithdrawal(Sent):
    """Why, and whether its figures are shown no more."""

    reason: Text
    conceal: bool = False


class Release(Answer):
    """A row of mart.release."""

    release: str
    period: str
    state: str
    version: str
    as_known_at: str
    former: str | None
    restates: str | None
    note: str
    quorum: list[str]
    quorum_missing: list[str]
    open_checks: list[str]
    content_hash: str
    drafted_at: str
    released_at: str | None
    ended_at: str | None
    ended_because: str | None
    stands_now: str | None
    concealed: bool


class Releases(Answer):
    """The newest first."""

    releases: list[Release]


class Check(Answer):
    """A point of the checklist."""

    release: str
    name: str
    clear: bool
    detail: dict[str, object]
    answered_by: str | None
    answered_at: str | None
    answer: str | None


class Decision(Answer):
    """Something that was done to it."""

    release: str
    decision_id: int
    act: str
    about: str
    person: str
    office: str
    decided_at: str
    reason: str | None


class ReleaseFile(Answer):
    """One of its files."""

    name: str
    media_type: str
    bytes: int
    sha256: str


class WholeRelease(Release):
    """With its checklist for those who may preview it, what was done to it, and its files."""

    checks: list[Check]
    decisions: list[Decision]
    files: list[ReleaseFile]


class ReleasedFigure(Answer):
    """A row of mart.released_figure."""

    release: str
    period: str
    public_table: str
    key: str
    area_code: str
    sex: str
    age_group: str
    scheme: str
    indicator: str
    count: int | None = Field(description="Persons; missing where it is held back or not known.")
    denominator: int | None = Field(description="Persons.")
    value: float | None
    lower_bound: float | None
    upper_bound: float | None
    completeness: float | None
    status: str = Field(description="A shown, Q held back, R rounded, L not known, U only bounds are known.")


class ReleasedFigures(Answer):
    """By table and key."""

    figures: list[ReleasedFigure]


class StandingFigure(ReleasedFigure):
    """As of its release, and what stands now."""

    of: WholeRelease
    now: ReleasedFigure | None = Field(description="Missing where this one stands, or none does.")


class Drafted(Answer):
    """The permanent name of what was drafted."""

    release: str


class Done(Answer):
    """What became of it."""

    state: str
