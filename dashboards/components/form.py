"""Plain forms: they work by keyboard, without anything of the application's own, and carry their token."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from dashboards.server.view import View


def csrf_token(of: str) -> Component:
    """The hidden token without which the server takes no form; `of` makes its id one of a kind."""
    return hidden_field("csrf_token", generate_csrf(), of)


def hidden_field(name: str, value: str, of: str) -> Component:
    """What goes with a form unseen."""
    return dcc.Input(type="hidden", name=name, value=value, id=f"{of}-{name}")


def form(
    action: str,
    fields: Sequence[Component],
    button: str,
    view: View,
    hidden: Mapping[str, str] | None = None,
    strong: bool = False,
    look: str = "",
) -> Component:
    """`action` is the address it is sent to, `hidden` what goes with it unseen, `look` a CSS class of its own."""
    values = {"lang": view.language if view.chosen_language else ""} | dict(hidden or {})
    of = "-".join([action, *(hidden or {}).values()])  # what no other form of the page is called
    return html.Form(
        [
            *fields,
            csrf_token(of),
            *(hidden_field(name, value, of) for name, value in values.items()),
            html.Button(button, type="submit", className="action strong" if strong else "action"),
        ],
        action=action,
        method="post",
        className=f"form {look}".strip(),
    )


def line(name: str, label: str, *, kind: str = "text", required: bool = True, value: str = "") -> Component:
    """One line to write in; `kind` is text or date."""
    where = f"field-{name}"
    given: dict[str, Any] = {"value": value} if value else {}
    box = dcc.Input(type="text", name=name, required=required, maxLength=200, id=where, **given)
    if kind == "date":
        box = dcc.Input(
            type="text", name=name, required=required, id=where, pattern=r"\d{4}-\d{2}-\d{2}", **given
        )
    return html.Label([html.Span(label), box], htmlFor=where)


def words_field(name: str, label: str, rows: int = 3, most: int = 20_000) -> Component:
    """Several lines to write in, `most` letters of them."""
    # Dash's own text box has no name to be sent under; html.Textarea has
    box = html.Textarea(name=name, required=True, maxLength=most, rows=rows, id=f"field-{name}")
    return html.Label([html.Span(label), box], htmlFor=f"field-{name}")


def select(name: str, label: str, options: Sequence[tuple[str, str]]) -> Component:
    """A list to choose from; options are (value, words)."""
    listed = [html.Option(text, value=value) for value, text in options]
    return html.Label(
        [html.Span(label), html.Select(listed, name=name, id=f"field-{name}")], htmlFor=f"field-{name}"
    )
