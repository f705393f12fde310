"""What a committee should look at before it signs, and what happened so far."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.reviews.figures import cell_name, download, review_href
from dashboards.pages.reviews.models import FLASH, Act, Moved, ReviewFacts
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_MISSING = 12
_MOST_ODD = 8
_MOST_MOVED = 12
_MOST_RESTATED = 5


def doubts(facts: ReviewFacts, view: View, t: Translator) -> Component:
    """Warnings of the files that stand, and figures far from what the area usually has."""
    lines: list[Component] = []
    odd = [
        (row, cell) for row in facts.children for cell in facts.cells if facts.stands_out(row.area.code, cell)
    ]
    for row, cell in odd[:_MOST_ODD]:
        link = dcc.Link(
            t.name(row.area.names, row.area.code),
            href=review_href(view, row.area.code, facts.dataset, facts.period.code),
        )
        now, before = facts.value(row.area.code, cell), facts.value(row.area.code, cell, back=1)
        said = t(
            "review.outlier",
            what=cell_name(facts, cell, t),
            now=t.number(now),
            before=t.number(before),
        )
        lines.append(html.Li([html.Span(className="mark soon"), html.Span([link, f" {said}"])]))
    if len(odd) > _MOST_ODD:
        lines.append(_more(t("review.more_outliers", n=len(odd) - _MOST_ODD)))
    for doubt in facts.doubts:
        where = t.name(doubt.names, doubt.example)
        said = t("review.warning", n=doubt.n, areas=t.number(doubt.areas), where=where)
        link = dcc.Link(
            doubt.receipt, href=view.href("/submissions", receipt=doubt.receipt), className="receipt"
        )
        example = t.name(doubt.message, doubt.rule)
        lines.append(html.Li([html.Span(className="mark"), html.Span([f"{said}: {example} ", link])]))
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(t("review.no_doubts"), className="empty")
    )
    return html.Section([html.H2(t("review.doubts")), body], className="card", id="doubts")


def missing(facts: ReviewFacts, view: View, t: Translator) -> Component:
    """Who has not reported: areas, each with the schemes that it still owes."""
    owed: dict[str, list[str]] = {}
    names = {}
    for entry in facts.missing:
        owed.setdefault(entry.area, []).append(cell_name(facts, entry.scheme, t) if entry.scheme else "")
        names[entry.area] = entry.names
    parts: list[Component] = [html.H2(t("review.missing"))]
    if not owed:
        return html.Section([*parts, html.P(t("review.all_reported"), className="empty")], className="card")
    parts.append(
        html.P(
            t("review.missing.count", n=len(facts.missing), areas=t.number(len(owed))),
            className="note",
        )
    )
    lines: list[Component] = []
    for code, schemes in list(owed.items())[:_MOST_MISSING]:
        name = dcc.Link(t.name(names[code], code), href=view.area_href(code))
        lines.append(
            html.Li(
                [
                    html.Span(className="mark late"),
                    html.Span([name, html.Span(f" {code}", className="tag")]),
                    html.Span(", ".join(s for s in schemes if s), className="where"),
                ]
            )
        )
    if len(owed) > _MOST_MISSING:
        lines.append(_more(t("review.more_areas", n=len(owed) - _MOST_MISSING)))
    file = download(facts, "missing", view, t)
    return html.Section([*parts, html.Ul(lines, className="items"), file], className="card", id="missing")


def _more(said: str) -> Component:
    return html.Li([html.Span(), html.Span(said, className="tag")])


def restatement(facts: ReviewFacts, view: View, country: Country, t: Translator) -> Component | None:
    """What moved after it was signed: here, and in areas below."""
    last = next((act for act in facts.timeline if act.act in ("reopened", "endorsed")), None)
    parts: list[Component] = []
    if facts.own.state == "reopened" and last is not None:
        parts.append(html.P(_why(last, country, t)))
        parts.append(_moves(facts, last.moved, t))
    for act in facts.restated[:_MOST_RESTATED]:
        link = dcc.Link(
            t.name(act.area.names, act.area.code),
            href=review_href(view, act.area.code, facts.dataset, facts.period.code),
        )
        parts.append(html.P([link, ": ", _why(act, country, t)]))
    if not parts:
        return None
    heading = html.H2(t("review.restatement"))
    return html.Section([heading, *parts], className="card one restated", id="restatement", role="note")


def _why(act: Act, country: Country, t: Translator) -> str:
    when = t.moment(act.at, country.timezone)
    if act.reason:
        return t("review.reopened_by", who=act.by or t("review.somebody"), when=when, why=act.reason)
    if act.receipts:
        return t("review.reopened_file", when=when, files=", ".join(act.receipts), where=act.cause or "")
    return t("review.reopened_else", when=when, where=act.cause or "")


def _moves(facts: ReviewFacts, moves: tuple[Moved, ...], t: Translator) -> Component:
    if not moves:
        return html.P(t("review.moved_below"), className="note")
    lines = [html.Li(_move(facts, move, t)) for move in moves[:_MOST_MOVED]]
    if len(moves) > _MOST_MOVED:
        lines.append(html.Li(t("review.more_moves", n=len(moves) - _MOST_MOVED)))
    return html.Ul(lines, className="plain moves")


def _move(facts: ReviewFacts, move: Moved, t: Translator) -> str:
    """One total that moved, in words: of whom, from how many to how many."""
    parts = move.what.split("/")
    if facts.dataset == FLASH and parts[0] != "returns":
        what = cell_name(facts, parts[1], t)
    elif "returns" in parts:
        scheme = [cell_name(facts, parts[0], t)] if parts[0] != "returns" else []
        what = ", ".join([*scheme, t(f"column.{parts[-1]}")])
    else:
        sex = {"F": "column.women", "M": "column.men", "X": "column.another", "U": "column.not_stated"}
        what = ", ".join(
            [
                cell_name(facts, parts[0], t),
                t(sex.get(parts[1], "column.all")),
                t(f"measure.{parts[2]}"),
            ]
        )
    return t("review.move", what=what, before=_n(move.before, t), after=_n(move.after, t))


def _n(n: float | None, t: Translator) -> str:
    return t.number(n, 0 if n is None or float(n).is_integer() else 1)


def timeline(facts: ReviewFacts, country: Country, t: Translator) -> Component:
    """Every act and remark, the newest first."""
    entries = [(act.at, _act(facts, act, country, t)) for act in facts.timeline]
    entries += [
        (remark.at, t("review.act.remarked", who=remark.by or t("review.somebody")))
        for remark in facts.remarks
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    lines = [
        html.Li(
            [
                html.Span(className="mark"),
                html.Span(said),
                html.Span(t.moment(at, country.timezone), className="where"),
            ]
        )
        for at, said in entries
    ]
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(t("review.nothing_yet"), className="empty")
    )
    return html.Section([html.H2(t("review.timeline")), body], className="card", id="timeline")


def _act(facts: ReviewFacts, act: Act, country: Country, t: Translator) -> str:
    role = next((role for role in country.roles if role.id == act.office), None)
    who = act.by or t("review.somebody")
    if role:
        who = f"{who} ({t.name(role.names, role.id)})"
    said = t(
        f"review.act.{act.act}",
        who=who,
        n=len(act.moved),
        files=", ".join(act.receipts),
        where=act.cause or "",
    )
    return f"{said} {act.reason}" if act.reason else said
