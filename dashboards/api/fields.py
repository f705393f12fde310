"""Types of the fields that requests have: each rule of what may be written in one is declared here."""

from datetime import UTC, datetime
from typing import Annotated, Any

from flask_openapi import FileStorage
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from countries.period import Period
from transforms.review.review import REVIEWED
from validators.contracts.contract import LANGUAGES, contracts

_LARGEST_INTEGER = 2**31 - 1


class Sent(BaseModel):
    """The base of what a request sends: a name that is not declared is refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """The base of what the API answers: a test fails where an answer has a field that is not declared."""

    model_config = ConfigDict(extra="forbid")


def _none_for_empty(value: Any) -> Any:
    return None if value == "" else value


def _false_for_empty(value: Any) -> Any:
    return False if value == "" else value


def _dataset(name: str) -> str:
    if name not in contracts():
        raise ValueError(f"There is no dataset {name!r}. Write one of: {', '.join(contracts())}.")
    return name


def _reviewed(name: str) -> str:
    if name not in REVIEWED:
        raise ValueError(f"Committees do not review {name!r}. Write one of: {', '.join(REVIEWED)}.")
    return name


def _period(key: str) -> str:
    return Period.parse(key).key


def _moment(moment: datetime) -> datetime:
    """In UTC: Postgres knows no offset of more than 16 hours."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("There is no such moment in UTC.") from None


def _named_file(file: Any) -> Any:
    if not isinstance(getattr(file, "filename", None), str) or not file.filename:
        raise ValueError("Send the file as multipart/form-data in a field named `file`, with its name.")
    if not file.filename.isprintable():
        raise ValueError("The name of the file has characters that cannot be printed. Give it another name.")
    return file


Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Postgres keeps no NUL characters."""

OptionalText = Annotated[Text | None, BeforeValidator(_none_for_empty)]

Flag = Annotated[bool, BeforeValidator(_false_for_empty)]

Dataset = Annotated[str, AfterValidator(_dataset), Field(json_schema_extra={"enum": [*contracts()]})]
OptionalDataset = Annotated[Dataset | None, BeforeValidator(_none_for_empty)]
ReviewedDataset = Annotated[str, AfterValidator(_reviewed), Field(json_schema_extra={"enum": [*REVIEWED]})]

PeriodKey = Annotated[
    Text,
    AfterValidator(_period),
    Field(json_schema_extra={"examples": ["2026", "2026-10", "2026-W47"]}),
]
OptionalPeriod = Annotated[PeriodKey | None, BeforeValidator(_none_for_empty)]

Moment = Annotated[datetime, AfterValidator(_moment), Field(description="UTC where no offset is written.")]
OptionalMoment = Annotated[Moment | None, BeforeValidator(_none_for_empty)]

Number = Annotated[int, Field(strict=True, ge=1, le=_LARGEST_INTEGER)]

File = Annotated[FileStorage, AfterValidator(_named_file)]

Language = Annotated[
    OptionalText,
    Field(description=f"One of {', '.join(LANGUAGES)}; else that of Accept-Language, else English."),
]
