"""What can be done on a review page: sign, send back, remark. Plain forms, so that they work by keyboard and without
anything of the application's own."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from countries.model import Country
from dashboards.pages.reviews.figures import cell_name
from dashboards.pages.reviews.models import FLASH, Remark, ReviewFacts
from dashboards.server.view import View
from sala.translation.translator import Translator


def signatures(facts: ReviewFacts, view: View, country: Country, t: Translator) -> Component:
    """Who has signed what is shown, who still must, and the button for whoever may."""
    parts: list[Component] = [html.H2(t("review.signatures"))]
    if facts.quorum is None:
        return html.Section([*parts, html.P(t("review.no_committee"), className="empty")], className="card")
    given = {signature.office: signature for signature in facts.signatures}
    lines = []
    for office in facts.quorum or ("",):
        signature = given.get(office)
        said = (
            t(
                "review.signed_by",
                who=signature.person or t("review.somebody"),
                at=t.moment(signature.at, country.timezone),
            )
            if signature
            else t("review.not_signed")
        )
        mark = html.Span(className="mark done" if signature else "mark")
        lines.append(html.Li([mark, html.Span([html.B(_office(office, country, t)), f" {said}"])]))
    parts.append(html.Ul(lines, className="items quorum"))
    waiting = facts.open_children
    if facts.own.state == "endorsed":
        parts.append(html.P(t("review.stands"), className="note"))
    elif waiting:
        names = ", ".join(t.name(row.area.names, row.area.code) for row in waiting[:5])
        parts.append(html.P(t("review.waits", n=len(waiting), areas=names), className="note"))
    elif "endorse" in facts.may:
        seen = dcc.Input(type="hidden", name="seen", value=facts.fingerprint, id="review-seen")
        parts.append(_form(facts, view, "sign", [seen], t("review.sign"), strong=True))
        parts.append(html.P(t("review.sign.note"), className="note"))
    else:
        parts.append(html.P(t("review.who_signs"), className="note"))
    return html.Section(parts, className="card", id="signatures")


def _office(office: str, country: Country, t: Translator) -> str:
    role = next((role for role in country.roles if role.id == office), None)
    return t.name(role.names, office) if role else t("review.anybody")


def send_back(facts: ReviewFacts, view: View, t: Translator) -> Component | None:
    """Return areas right below to their committees, with a reason."""
    rows = [row for row in facts.children if row.state not in ("none", "returned")]
    if "return" not in facts.may or not rows:
        return None
    boxes = [
        html.Label(
            [
                # a plain box: Dash's own exist only inside its lists, and this type is one that it passes on
                dcc.Input(type="checkbox", name="child", value=row.area.code, id=f"back-{row.area.code}"),  # type: ignore[arg-type]
                html.Span(t.name(row.area.names, row.area.code)),
            ],
            htmlFor=f"back-{row.area.code}",
        )
        for row in rows
    ]
    fields: list[Component] = [
        html.Fieldset([html.Legend(t("review.back.which")), html.Div(boxes, className="boxes")]),
        _words_field("reason", t("review.back.reason")),
    ]
    return html.Section(
        [
            html.H2(t("review.back")),
            html.P(t("review.back.note"), className="note"),
            _form(facts, view, "return", fields, t("review.back.do")),
        ],
        className="card one",
        id="send-back",
    )


def remarks(facts: ReviewFacts, view: View, country: Country, t: Translator) -> Component:
    """Words about single cells and their answers, and the form for more."""
    parts: list[Component] = [html.H2(t("review.remarks"))]
    threads = [remark for remark in facts.remarks if remark.answers is None]
    if not threads:
        parts.append(html.P(t("review.no_remarks"), className="empty"))
    for first in threads:
        answers = [remark for remark in facts.remarks if remark.answers == first.id]
        thread: list[Component] = [_said(facts, remark, country, t) for remark in (first, *answers)]
        if facts.may & {"draft", "return", "submit"}:
            field = dcc.Input(
                type="text",
                name="text",
                required=True,
                maxLength=2000,
                id=f"answer-{first.id}",
                placeholder=t("review.answer"),
            )
            number = dcc.Input(type="hidden", name="answers", value=str(first.id), id=f"answers-{first.id}")
            label = html.Label([html.Span(t("review.answer"), className="unseen"), field])
            thread.append(_form(facts, view, "remark", [number, label], t("review.answer.do"), "inline"))
        parts.append(html.Div(thread, className="thread"))
    if facts.may & {"draft", "return"}:
        areas = [(row.area.code, t.name(row.area.names, row.area.code)) for row in facts.children]
        areas.insert(0, (facts.area.code, t.name(facts.area.names, facts.area.code)))
        cells = [("", t("review.whole_row")), *((c, cell_name(facts, c, t)) for c in facts.cells)]
        fields = [
            _select("child", t("column.area"), areas),
            _select("cell", t("column.axis" if facts.dataset == FLASH else "column.scheme"), cells),
            _words_field("text", t("review.remark")),
        ]
        parts.append(_form(facts, view, "remark", fields, t("review.remark.do")))
    return html.Section(parts, className="card", id="remarks")


def _said(facts: ReviewFacts, remark: Remark, country: Country, t: Translator) -> Component:
    row = facts.row(remark.child)
    where = t.name(row.area.names, remark.child) if row else remark.child
    about = [where, cell_name(facts, remark.cell.split("/")[0], t)] if remark.cell else [where]
    when = t.moment(remark.at, country.timezone)
    head = " · ".join([*about, remark.by or t("review.somebody"), when])
    if remark.answers is not None:
        head = f"{remark.by or t('review.somebody')} · {when}"
    return html.Div(
        [html.P(head, className="tag"), html.P(remark.text)],
        className="remark answer" if remark.answers else "remark",
    )


def _form(
    facts: ReviewFacts,
    view: View,
    act: str,
    fields: list[Component],
    button: str,
    kind: str = "",
    strong: bool = False,
) -> Component:
    place = f"{act}-{id(fields)}"  # an id that no other form of the page has
    hidden: list[tuple[str, str]] = [
        ("csrf_token", generate_csrf()),
        ("period", facts.period.code),
        ("lang", view.language if view.chosen_language else ""),
    ]
    inputs = [dcc.Input(type="hidden", name=n, value=v, id=f"{place}-{n}") for n, v in hidden]
    return html.Form(
        [
            *fields,
            *inputs,
            html.Button(button, type="submit", className=f"action {'strong' if strong else ''}"),
        ],
        action=f"/review/{facts.area.code}/{facts.dataset}/{act}",
        method="post",
        className=f"form {kind}",
    )


def _words_field(name: str, label: str) -> Component:
    # Dash's own text box has no name to be sent under; html.Textarea has
    box: dict[str, Any] = {
        "name": name,
        "required": True,
        "maxLength": 2000,
        "rows": 3,
        "id": f"review-{name}",
    }
    return html.Label([html.Span(label), html.Textarea(**box)], htmlFor=f"review-{name}")


def _select(name: str, label: str, options: list[tuple[str, str]]) -> Component:
    listed = [html.Option(text, value=value) for value, text in options]
    return html.Label(
        [html.Span(label), html.Select(listed, name=name, id=f"review-{name}")], htmlFor=f"review-{name}"
    )
