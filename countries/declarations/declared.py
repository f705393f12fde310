"""What all declarations of a country have in common."""

import re
from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

TRANSLATED = "translated"
Translated = Annotated[Mapping[str, str], TRANSLATED]
"""A text by language. `checks/translations.py` asks for every language of the country."""


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
    return text


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone; write it like Asia/Phnom_Penh") from error
    return name


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]*$")]
Pattern = Annotated[str, AfterValidator(_regular_expression)]
Timezone = Annotated[str, AfterValidator(_time_zone)]


class Declared(BaseModel):
    """A frozen object of the country folder; a key that it does not have is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")
