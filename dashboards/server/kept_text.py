"""Which text the warehouse can keep: Postgres has no NUL characters, and UTF-8 no halves of surrogate pairs."""


def can_be_kept(value: object) -> bool:
    """Whether all text in a JSON value can be kept."""
    match value:
        case str():
            return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
        case dict():
            return all(map(can_be_kept, value)) and all(map(can_be_kept, value.values()))
        case list():
            return all(map(can_be_kept, value))
    return True
