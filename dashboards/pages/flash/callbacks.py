"""What happens while a flash sheet is written: its draft is kept and changed, the sheet is filed."""

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from countries.country import current
from dashboards.pages.flash.draft_edits import draft_of, edited
from dashboards.pages.flash.field_ids import BUTTON, FIELD
from dashboards.pages.flash.filed_verdicts import filed_verdicts
from dashboards.pages.flash.form import form
from dashboards.pages.flash.models import AlikeButton, EditButton, FieldId, Filed, ListId, SheetOf, Written
from dashboards.queries.flash_sheet import flash_sheet
from dashboards.server.callback_requests import Clicks, triggered
from dashboards.server.callbacks import answer_refusals
from dashboards.server.current_user import acting, person
from sala.translation.translator import Translator, translator
from transforms.flash.drafts import save
from transforms.flash.flash_report import FlashReport
from transforms.flash.submit_report import submit_report

_FIELDS = {"type": FIELD, "field": ALL, "n": ALL}


def register(app: Dash) -> None:
    """Put the callbacks of the sheet's page on the application."""
    written = (State(_FIELDS, "value"), State(_FIELDS, "id"), State("flash-of", "data"))
    # What is typed is known to the page at once, so that no button misses it; only the saving waits for a pause,
    # and filing the sheet calls it off.
    app.clientside_callback(
        ClientsideFunction("sala", "pause"),
        Output("flash-written", "data"),
        Input(_FIELDS, "value"),
        Input("flash-file", "n_clicks"),
        prevent_initial_call=True,
    )
    app.callback(
        Output("flash-message", "children"),
        Input("flash-written", "data"),
        *written,
        prevent_initial_call=True,
    )(_keep)
    app.callback(
        Output("flash-form", "children"),
        Input({"type": BUTTON, "what": ALL, "n": ALL}, "n_clicks"),
        State({"type": "flash-pick", "kind": ALL}, "value"),
        State({"type": "flash-pick", "kind": ALL}, "id"),
        *written,
        prevent_initial_call=True,
    )(_edit)
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


@answer_refusals()
def _keep(_at: Any, values: list[Written], ids: list[FieldId], of: SheetOf) -> Any:
    return _saved(draft_of(values, ids, of), translator(of.language))


def _saved(draft: FlashReport, t: Translator) -> str:
    """Save the draft; returns when, in words."""
    with acting() as connection:
        at = save(connection, draft)
    return t("sheet.saved", at=t.moment(at, current().timezone))


def _edit(
    _clicks: list[Clicks],
    ticked: list[list[str] | None],
    lists: list[ListId],
    values: list[Written],
    ids: list[FieldId],
    of: SheetOf,
) -> Any:
    button = triggered(EditButton)
    if button is None or not ctx.triggered[0]["value"]:
        return no_update  # buttons that have just been drawn report as well
    t = translator(of.language)
    sheet = flash_sheet(of.code, of.week, of.administrator)
    ticked_by_list = {one.kind: lines or [] for one, lines in zip(lists, ticked, strict=True)}
    draft = edited(draft_of(values, ids, of), button.what, button.n, ticked_by_list, sheet)
    _saved(draft, t)
    flash = current().calendar.flash_reports
    return form(draft, sheet, flash.items_per_list if flash else None, t)


def _tick(clicks: list[Clicks], ticked: list[str] | None) -> Any:
    """The lines alike are ticked together."""
    if not any(clicks) or (button := triggered(AlikeButton)) is None:
        return no_update
    return sorted({*(ticked or ()), *button.ids.split()})


def _alert(text: str) -> html.P:
    return html.P(text, className="refused", role="alert")


@answer_refusals(_alert)
def _file(_clicks: Clicks, values: list[Written], ids: list[FieldId], of: SheetOf) -> Any:
    t = translator(of.language)
    with acting() as connection:
        receipts = submit_report(connection, person(), draft_of(values, ids, of), current())
    numbers = [receipt.receipt for receipt in receipts]
    parts, final = filed_verdicts(numbers, current(), t)
    return [
        html.H2(t("sheet.handed_in")),
        html.Div(parts, id="flash-verdicts", className="two"),
        dcc.Store(id="flash-receipts", data={"receipts": numbers, "language": of.language}),
        dcc.Interval(id="flash-clock", interval=1500, disabled=final),
    ]


def _verdicts(_ticks: Clicks, filed: Filed) -> tuple[Any, bool]:
    return filed_verdicts(filed.receipts, current(), translator(filed.language))
