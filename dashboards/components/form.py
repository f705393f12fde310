"""Plain forms: they work by keyboard, without anything of the application's own, and carry their token."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from dashboards.server.current_user import account_name
from dashboards.server.sessions import FOR
from dashboards.server.view import View


def csrf_token(of: str) -> Component:
    """The hidden token without which the server takes no form; `of` makes its id one of a kind."""
    return hidden_field("csrf_token", generate_csrf(), of)


def hidden_field(name: str, value: str, of: str) -> Component:
    """A field that is sent with a form and not shown; `of` makes its id one of a kind."""
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
    values = {"lang": view.language if view.chosen_language else "", FOR: account_name()} | dict(hidden or {})
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


def line(
    name: str,
    label: str,
    *,
    kind: Literal["text", "date", "password"] = "text",
    required: bool = True,
    value: str = "",
    fills: str = "off",
    of: str = "field",
) -> Component:
    """One line to write in; a date as 2026-11-30. `fills` is what a browser may put in (autocomplete's word)."""
    given: dict[str, Any] = {"value": value} if value else {}
    if kind == "date":
        given["pattern"] = r"\d{4}-\d{2}-\d{2}"
    box = dcc.Input(
        type="password" if kind == "password" else "text",
        name=name,
        id=f"{of}-{name}",
        required=required,
        maxLength=200,
        autoComplete=fills,
        **given,
    )
    return _labelled(f"{of}-{name}", label, box)


def text_area(
    name: str, label: str, *, rows: int = 3, most: int = 20_000, required: bool = True, of: str = "field"
) -> Component:
    """Several lines to write in, at most so many letters."""
    field = f"{of}-{name}"
    given: dict[str, Any] = {"required": True} if required else {}
    # Dash's own text box has no name to be sent under; html.Textarea has
    box = html.Textarea(name=name, id=field, maxLength=most, rows=rows, **given)
    return _labelled(field, label, box)


def select(
    name: str, label: str, options: Sequence[tuple[str, str]], *, of: str = "field", chosen: str | None = None
) -> Component:
    """A list to choose from; options are (value, label), and `chosen` is the value that stands there first."""
    first: dict[str, Any] = {"selected": True}
    listed = [html.Option(text, value=value, **(first if value == chosen else {})) for value, text in options]
    return _labelled(f"{of}-{name}", label, html.Select(listed, name=name, id=f"{of}-{name}"))


def _labelled(field: str, label: str, box: Component) -> Component:
    return html.Label([html.Span(label), box], htmlFor=field)
