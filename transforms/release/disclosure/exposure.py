"""What an auditor finds: a cell of which too much can be worked out."""

from typing import NamedTuple


class Exposure(NamedTuple):
    """A protected cell, the least and the greatest number of persons that everything released leaves possible for it
    (`high` is empty where there is no upper end), and how many values the rule wants to be possible."""

    table: str
    period: str
    area: str
    sex: str
    age_group: str
    scheme: str
    indicator: str
    low: int
    high: int | None
    required: int
