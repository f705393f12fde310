"""The place in which dashboards/assets/on_demand/entry.js draws a sheet, on the page and where there is no line."""

import json

from dashboards.server.view import View
from sala.translation.translator import Translator

SCRIPTS = tuple(f"on_demand/entry{name}.js" for name in ("_store", "_checks", "_file", "_sheet", ""))

_TEXTS = (
    "last", "sum", "total", "filled", "more_columns", "choose", "check", "send", "nothing", "faulty", "working",
    "checked", "held", "refused", "waits", "take_back", "sent", "saved", "device", "offline", "ended", "left_out",
    "not_kept_here", "kept_sheets", "visitor",
)  # fmt: skip
_BLANKS = {name: f"{{{name}}}" for name in ("n", "of", "why", "at", "accepted", "read", "sum", "sheet")}
"""They are filled in the browser."""
_SEXES = {"F": "women", "M": "men", "X": "another", "U": "not_stated", "_T": "all"}


def texts(t: Translator) -> str:
    """What the scripts say, as JSON."""
    said = {name: t.filled(f"entry.{name}", _BLANKS) for name in _TEXTS}
    sexes = {code: t(f"column.{key}") for code, key in _SEXES.items()}
    return json.dumps(said | {"sexes": sexes}, ensure_ascii=False)


def sent_to(view: View) -> str:
    """The page of the file that was sent, with RECEIPT for its receipt."""
    return view.href("/submissions", receipt="RECEIPT", period=None)
