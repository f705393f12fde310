"""The place in which the faulty rows of a file are mended (dashboards/assets/on_demand/mend.js draws them)."""

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components.scripts import scripts
from dashboards.models.submission import Submission
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.intake.corrections.mend import MENDABLE

_TEXTS = (
    "title", "lede", "masked", "row", "others", "leave", "before", "suggestions", "more", "check", "send", "nothing",
    "working", "sent", "refused", "after", "held", "ended", "away",
)  # fmt: skip

_BLANKS = {name: f"{{{name}}}" for name in ("n", "why", "before", "after", "read")}
"""They are filled in the browser."""


def is_mendable(file: Submission) -> bool:
    """Whether it has rows that may be mended on its page."""
    return file.state in MENDABLE and bool(file.rows_rejected or file.unconfirmed)


def mending(file: Submission, view: View, t: Translator) -> Component:
    """An empty box that says what is to be drawn in it."""
    data: dict[str, Any] = {
        "data-mend": file.receipt,
        "data-scripts": scripts("on_demand/mend.js"),
        "data-accepted": str(file.rows_accepted or 0),
        "data-to": view.href("/submissions", receipt="RECEIPT"),
        "data-texts": json.dumps(
            {name: t.filled(f"mend.{name}", _BLANKS) for name in _TEXTS}, ensure_ascii=False
        ),
    }
    return html.Section(**data)
