"""What happens on the page of items: a step is made, a history is opened, a question is asked."""

from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, ctx, no_update

from countries.country import current
from dashboards.pages.items.item_history import item_history
from dashboards.pages.items.item_lists import item_lists
from dashboards.queries.items import item_steps
from dashboards.server.callbacks import answer_refusals
from dashboards.server.current_user import acting, person
from sala.translation.translator import translator
from transforms.items.moves import move, raise_question


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
def _move(clicks: list[Any], reasons: list[str | None], ids: list[dict[str, Any]], of: dict[str, str]) -> Any:
    button = ctx.triggered_id
    if not button or not any(clicks):
        return no_update, no_update
    t = translator(of["language"])
    reason_of = {field["item"]: reason or "" for reason, field in zip(reasons, ids, strict=True)}
    item_id, step = button["item"], button["step"]
    with acting() as connection:
        move(connection, person(), item_id, step, reason_of.get(item_id, ""))
    return item_lists(of["code"], current(), t), t(f"items.moved.{step}")


@answer_refusals(lambda text: (no_update, text, no_update))
def _ask(clicks: int | None, question: str | None, layer: str | None, of: dict[str, str]) -> Any:
    if not clicks:
        return no_update, no_update, no_update
    t = translator(of["language"])
    with acting() as connection:
        raise_question(connection, person(), of["code"], question or "", layer or "")
    return item_lists(of["code"], current(), t), t("items.question_raised"), ""


def _history(clicks: int | None, item: dict[str, int], of: dict[str, str]) -> Any:
    if clicks != 1:
        return no_update
    return item_history(item_steps(item["item"]), current(), translator(of["language"]))
