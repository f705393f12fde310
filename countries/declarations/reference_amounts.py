"""National amounts that benefits are compared with: a poverty line, a minimum wage."""

from datetime import date

from pydantic import Field

from countries.declarations.declared import Declared, Id, Translated


class DatedAmount(Declared):
    """An amount from its first day on, until a later one takes its place."""

    valid_from: date
    monthly: float = Field(gt=0, description="for one person and month, in the national currency")


class ReferenceAmount(Declared):
    """What a person needs in a month by a national yardstick, and its source."""

    id: Id
    names: Translated
    amounts: tuple[DatedAmount, ...] = Field(min_length=1)
    source: str
