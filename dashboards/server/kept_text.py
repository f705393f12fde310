"""Which text the warehouse can keep: Postgres has no NUL characters, and UTF-8 no halves of surrogate pairs."""

import re

_NOT_KEPT = re.compile("[\0\ud800-\udfff]")


def can_be_kept(value: object) -> bool:
    """Whether all text in a JSON value can be kept."""
    match value:
        case str():
            return _NOT_KEPT.search(value) is None
        case dict():
            return all(map(can_be_kept, value)) and all(map(can_be_kept, value.values()))
        case list():
            return all(map(can_be_kept, value))
    return True
