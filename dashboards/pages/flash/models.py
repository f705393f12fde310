"""What the form of a flash report keeps in the browser, and the ids of its fields and buttons."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dashboards.models.flash_report import AXES
from dashboards.server.callback_requests import Language, PeriodCode, Sent
from transforms.flash.flash_report import KINDS, Entry, Kind

Written = str | Annotated[float, Field(allow_inf_nan=False)] | None
"""What stands in a field."""


class SheetOf(Sent):
    """Whose report it is, and where its lines came from."""

    week: PeriodCode
    code: str
    administrator: str | None = None
    language: Language
    entries: list[Entry]


class FieldId(Sent):
    """An axis by its name, or a part of a line by the line's place."""

    field: Literal["axis", "text", "layer", "due", "stays"]
    n: int | str

    @model_validator(mode="after")
    def _one_there_is(self) -> "FieldId":
        if self.n not in AXES if self.field == "axis" else not isinstance(self.n, int):
            raise ValueError("is no field of the form")
        return self


class ListId(Sent):
    """One of the four lists."""

    kind: Kind


class EditButton(Sent):
    """An edit of `draft_edits`, and what it is done to."""

    what: Literal["add", "remove", "take", "group", "means"]
    n: str

    @model_validator(mode="after")
    def _one_there_is(self) -> "EditButton":
        fits = {"add": self.n in KINDS, "group": self.n in KINDS, "means": True}
        if not fits.get(self.what, self.n.isascii() and self.n.isdigit()):
            raise ValueError("is no button of the form")
        return self


class AlikeButton(Sent):
    """The numbers of lines that say the same, with spaces between."""

    ids: str


class Filed(Sent):
    """The receipts of a report that was filed."""

    receipts: list[str]
    language: Language
