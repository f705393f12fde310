"""What happens on the page of items: a step is made, a history is opened, a question is asked."""

from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.pages.items.item_history import item_history
from dashboards.pages.items.item_lists import item_lists
from dashboards.queries.items import item_steps
from dashboards.server.callback_requests import Clicks, Language, Sent, triggered
from dashboards.server.callbacks import answer_refusals
from dashboards.server.current_user import acting, person
from dashboards.server.forms import Number
from sala.translation.translator import translator
from transforms.items.moves import Move, move, raise_question


class _Of(Sent):
    """Whose items the page shows, and its language."""

    code: str
    language: Language


class _Item(Sent):
    """The number of an item."""

    item: Number


class _Step(_Item):
    """What a button does to it."""

    step: Move


def register(app: Dash) -> None:
    """Put the callbacks of the page on the application."""
    app.callback(
        Output("items-lists", "children"),
        Output("items-message", "children"),
        Input({"type": "item-move", "item": ALL, "step": ALL}, "n_clicks"),
        State({"type": "item-reason", "item": ALL}, "value"),
        State({"type": "item-reason", "item": ALL}, "id"),
        State("items-of", "data"),
        prevent_initial_call=True,
    )(_move)
    app.callback(
        Output("items-lists", "children", allow_duplicate=True),
        Output("items-message", "children", allow_duplicate=True),
        Output("question", "value"),
        Input("question-send", "n_clicks"),
        State("question", "value"),
        State("question-to", "value"),
        State("items-of", "data"),
        prevent_initial_call=True,
    )(_ask)
    app.callback(
        Output({"type": "item-steps", "item": MATCH}, "children"),
        Input({"type": "item-way", "item": MATCH}, "n_clicks"),
        State({"type": "item-way", "item": MATCH}, "id"),
        State("items-of", "data"),
        prevent_initial_call=True,
    )(_history)


@answer_refusals(lambda text: (no_update, text))
def _move(clicks: list[Clicks], reasons: list[str | None], ids: list[_Item], of: _Of) -> Any:
    if not any(clicks) or (button := triggered(_Step)) is None:
        return no_update, no_update
    t = translator(of.language)
    reason_of = {field.item: reason or "" for reason, field in zip(reasons, ids, strict=True)}
    with acting() as connection:
        move(connection, person(), button.item, button.step, reason_of.get(button.item, ""))
    return item_lists(of.code, current(), t), t(f"items.moved.{button.step}")


@answer_refusals(lambda text: (no_update, text, no_update))
def _ask(clicks: Clicks, question: str | None, layer: str | None, of: _Of) -> Any:
    if not clicks:
        return no_update, no_update, no_update
    t = translator(of.language)
    with acting() as connection:
        raise_question(connection, person(), of.code, question or "", layer or "")
    return item_lists(of.code, current(), t), t("items.question_raised"), ""


def _history(clicks: Clicks, item: _Item, of: _Of) -> Any:
    if clicks != 1:
        return no_update
    return item_history(item_steps(item.item), current(), translator(of.language))
