"""What happens while a flash sheet is written: it is kept, changed, filed."""

from dataclasses import replace
from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from countries.country import current
from dashboards.models.flash_report import AXES
from dashboards.pages.flash.entry_form import form
from dashboards.pages.flash.models import SheetFacts
from dashboards.pages.flash.page import verdicts
from dashboards.pages.flash.queries import sheet_facts
from dashboards.server.current_user import acting, person
from sala.errors import Refusal
from sala.translation.translator import Translator, translator
from transforms.flash.drafts import save
from transforms.flash.flash_report import Entry, FlashReport, from_json
from transforms.flash.submit_report import submit_report

_FIELDS = {"type": "flash-field", "field": ALL, "n": ALL}
_PROPERTY = {"text": "text", "layer": "needs_layer", "due": "due", "stays": "stays_because"}


def register(app: Dash) -> None:
    """Put the callbacks of the sheet's page on the application."""
    written = (State(_FIELDS, "value"), State(_FIELDS, "id"), State("flash-of", "data"))
    # What is typed is known to the page at once, so that no button misses it; only the saving waits for a pause.
    app.clientside_callback(
        ClientsideFunction("sala", "pause"),
        Output("flash-written", "data"),
        Input(_FIELDS, "value"),
        prevent_initial_call=True,
    )
    app.callback(
        Output("flash-said", "children"), Input("flash-written", "data"), *written, prevent_initial_call=True
    )(_keep)
    app.callback(
        Output("flash-form", "children"),
        Input({"type": "flash-do", "what": ALL, "n": ALL}, "n_clicks"),
        State({"type": "flash-pick", "kind": ALL}, "value"),
        State({"type": "flash-pick", "kind": ALL}, "id"),
        *written,
        prevent_initial_call=True,
    )(_change)
    app.callback(
        Output({"type": "flash-pick", "kind": MATCH}, "value"),
        Input({"type": "flash-tick", "kind": MATCH, "ids": ALL}, "n_clicks"),
        State({"type": "flash-pick", "kind": MATCH}, "value"),
        prevent_initial_call=True,
    )(_tick)
    app.callback(
        Output("flash-filed", "children"),
        Input("flash-file", "n_clicks"),
        *written,
        prevent_initial_call=True,
    )(_file)
    app.callback(
        Output("flash-verdicts", "children"),
        Output("flash-clock", "disabled"),
        Input("flash-clock", "n_intervals"),
        State("flash-receipts", "data"),
        prevent_initial_call=True,
    )(_verdicts)


def read(values: list[Any], ids: list[dict[str, Any]], of: dict[str, Any]) -> FlashReport:
    """The sheet that stands in the form's fields."""
    sheet = from_json(of["week"], of["code"], of["administrator"], of)
    axes: dict[str, float | None] = {}
    changes: dict[int, dict[str, Any]] = {}
    for value, field in zip(values, ids, strict=True):
        if field["field"] == "axis":
            axes[field["n"]] = float(value) if isinstance(value, int | float) else None
        else:
            changes.setdefault(int(field["n"]), {})[_PROPERTY[field["field"]]] = value or None
    entries = tuple(
        replace(entry, **(changes.get(n, {}) | {"text": changes.get(n, {}).get("text") or ""}))
        for n, entry in enumerate(sheet.entries)
    )
    return replace(sheet, axes=axes, entries=entries)


def _keep(_at: int, values: list[Any], ids: list[dict[str, Any]], of: dict[str, Any]) -> Any:
    t = translator(of["language"])
    try:
        return _saved(read(values, ids, of), t)
    except Refusal as refusal:
        return refusal.text(t.language)


def _saved(sheet: FlashReport, t: Translator) -> str:
    with acting() as connection:
        at = save(connection, person(), sheet)
    return t("sheet.saved", at=t.moment(at, current().timezone))


def _change(
    _clicks: list[Any],
    picked: list[list[str]],
    picks: list[dict[str, str]],
    values: list[Any],
    ids: list[dict[str, Any]],
    of: dict[str, Any],
) -> Any:
    asked = ctx.triggered_id
    if not asked or not ctx.triggered[0]["value"]:
        return no_update  # buttons that have just been drawn report as well
    t = translator(of["language"])
    facts = sheet_facts(of["code"], of["week"], of["administrator"])
    chosen = {pick["kind"]: told or [] for pick, told in zip(picks, picked, strict=True)}
    sheet = changed(read(values, ids, of), asked["what"], asked["n"], chosen, facts)
    _saved(sheet, t)
    flash = current().calendar.flash_reports
    return form(sheet, facts, flash.items_per_list if flash else None, t)


def changed(
    sheet: FlashReport, what: str, n: str, chosen: dict[str, list[str]], facts: SheetFacts
) -> FlashReport:
    """The sheet after a button: a line added, taken over, put together or taken out; the axes set to the means."""
    entries = sheet.entries
    match what:
        case "add":
            return sheet.with_entries((*entries, Entry(n, "")))  # type: ignore[arg-type]  # the button says its kind
        case "remove":
            return sheet.with_entries(tuple(entry for at, entry in enumerate(entries) if at != int(n)))
        case "take":
            text = next(line.text for line in facts.planned if line.item_id == int(n))
            return sheet.with_entries((*entries, Entry("done", text)))
        case "group":
            lines = [
                line for line in facts.below if line.kind == n and str(line.item_id) in chosen.get(n, [])
            ]
            if not lines:
                return sheet
            dues = [line.due.isoformat() for line in lines if line.due]
            asked = {line.needs_layer for line in lines if line.needs_layer} - {facts.area.level}
            above = [
                layer.level
                for layer in facts.layers
                if layer.depth < facts.area.depth and layer.level in asked
            ]
            grouped = Entry(
                n,  # type: ignore[arg-type]
                lines[0].text,
                above[-1] if above else None,
                min(dues, default=None),
                "compiled",
                tuple(line.item_id for line in lines),
            )
            return sheet.with_entries((*entries, grouped))
        case "means":
            means = facts.compiled.axes if facts.compiled else {}
            rounded = {axis: None if (mean := means.get(axis)) is None else round(mean, 1) for axis in AXES}
            return replace(sheet, axes=rounded)
    return sheet


def _tick(clicks: list[Any], ticked: list[str]) -> Any:
    if not any(clicks) or not ctx.triggered_id:
        return no_update
    return sorted({*ticked, *ctx.triggered_id["ids"].split()})


def _file(_clicks: int, values: list[Any], ids: list[dict[str, Any]], of: dict[str, Any]) -> Any:
    t = translator(of["language"])
    sheet = read(values, ids, of)
    try:
        with acting() as connection:
            receipts = submit_report(connection, person(), sheet, current())
    except Refusal as refusal:
        return html.P(refusal.text(t.language), className="refused", role="alert")
    numbers = [receipt.receipt for receipt in receipts]
    parts, final = verdicts(numbers, current(), t)
    return [
        html.H2(t("sheet.handed_in")),
        html.Div(parts, id="flash-verdicts", className="two"),
        dcc.Store(id="flash-receipts", data={"receipts": numbers, "language": of["language"]}),
        dcc.Interval(id="flash-clock", interval=1500, disabled=final),
    ]


def _verdicts(_ticks: int, asked: dict[str, Any]) -> tuple[Any, bool]:
    return verdicts(asked["receipts"], current(), translator(asked["language"]))
