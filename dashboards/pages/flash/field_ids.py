"""Ids of the form's fields and buttons, by which its callbacks tell them apart."""

FIELD, BUTTON = "flash-field", "flash-do"


def field_id(field: str, n: int | str) -> dict[str, int | str]:
    """`field` is axis (with its name as `n`), or text, layer, due or stays (with the place of their line)."""
    return {"type": FIELD, "field": field, "n": n}


def button_id(what: str, n: str = "") -> dict[str, str]:
    """`what` is an edit of `draft_edits`, `n` what it is done to."""
    return {"type": BUTTON, "what": what, "n": n}
