"""What a committee should look at before it signs, and what happened so far."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.reviews.figures import cell_name, download, review_href
from dashboards.pages.reviews.models import FLASH, Act, Moved, ReviewFacts
from dashboards.server.view import View
from sala.translation.translator import Words

_MOST_MISSING = 12
_MOST_ODD = 8
_MOST_MOVED = 12
_MOST_RESTATED = 5


def doubts(facts: ReviewFacts, view: View, words: Words) -> Component:
    """Warnings of the files that stand, and figures far from what the area usually has."""
    lines: list[Component] = []
    odd = [
        (row, cell) for row in facts.children for cell in facts.cells if facts.stands_out(row.area.code, cell)
    ]
    for row, cell in odd[:_MOST_ODD]:
        link = dcc.Link(
            words.name(row.area.names, row.area.code),
            href=review_href(view, row.area.code, facts.dataset, facts.period.code),
        )
        now, before = facts.value(row.area.code, cell), facts.value(row.area.code, cell, back=1)
        said = words(
            "review.outlier",
            what=cell_name(facts, cell, words),
            now=words.number(now),
            before=words.number(before),
        )
        lines.append(html.Li([html.Span(className="mark soon"), html.Span([link, f" {said}"])]))
    if len(odd) > _MOST_ODD:
        lines.append(_more(words("review.more_outliers", n=len(odd) - _MOST_ODD)))
    for doubt in facts.doubts:
        where = words.name(doubt.names, doubt.example)
        said = words("review.warning", n=doubt.n, areas=words.number(doubt.areas), where=where)
        link = dcc.Link(
            doubt.receipt, href=view.href("/submissions", receipt=doubt.receipt), className="receipt"
        )
        example = words.name(doubt.message, doubt.rule)
        lines.append(html.Li([html.Span(className="mark"), html.Span([f"{said}: {example} ", link])]))
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(words("review.no_doubts"), className="empty")
    )
    return html.Section([html.H2(words("review.doubts")), body], className="card", id="doubts")


def missing(facts: ReviewFacts, view: View, words: Words) -> Component:
    """Who has not reported: areas, each with the schemes that it still owes."""
    owed: dict[str, list[str]] = {}
    names = {}
    for entry in facts.missing:
        owed.setdefault(entry.area, []).append(cell_name(facts, entry.scheme, words) if entry.scheme else "")
        names[entry.area] = entry.names
    parts: list[Component] = [html.H2(words("review.missing"))]
    if not owed:
        return html.Section(
            [*parts, html.P(words("review.all_reported"), className="empty")], className="card"
        )
    parts.append(
        html.P(
            words("review.missing.count", n=len(facts.missing), areas=words.number(len(owed))),
            className="note",
        )
    )
    lines: list[Component] = []
    for code, schemes in list(owed.items())[:_MOST_MISSING]:
        name = dcc.Link(words.name(names[code], code), href=view.area_href(code))
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
        lines.append(_more(words("review.more_areas", n=len(owed) - _MOST_MISSING)))
    file = download(facts, "missing", view, words)
    return html.Section([*parts, html.Ul(lines, className="items"), file], className="card", id="missing")


def _more(said: str) -> Component:
    return html.Li([html.Span(), html.Span(said, className="tag")])


def restatement(facts: ReviewFacts, view: View, country: Country, words: Words) -> Component | None:
    """What moved after it was signed: here, and in areas below."""
    last = next((act for act in facts.timeline if act.act in ("reopened", "endorsed")), None)
    parts: list[Component] = []
    if facts.own.state == "reopened" and last is not None:
        parts.append(html.P(_why(last, country, words)))
        parts.append(_moves(facts, last.moved, words))
    for act in facts.restated[:_MOST_RESTATED]:
        link = dcc.Link(
            words.name(act.area.names, act.area.code),
            href=review_href(view, act.area.code, facts.dataset, facts.period.code),
        )
        parts.append(html.P([link, ": ", _why(act, country, words)]))
    if not parts:
        return None
    heading = html.H2(words("review.restatement"))
    return html.Section([heading, *parts], className="card one restated", id="restatement", role="note")


def _why(act: Act, country: Country, words: Words) -> str:
    when = words.moment(act.at, country.timezone)
    if act.reason:
        return words("review.reopened_by", who=act.by or words("review.somebody"), when=when, why=act.reason)
    if act.receipts:
        return words("review.reopened_file", when=when, files=", ".join(act.receipts), where=act.cause or "")
    return words("review.reopened_else", when=when, where=act.cause or "")


def _moves(facts: ReviewFacts, moves: tuple[Moved, ...], words: Words) -> Component:
    if not moves:
        return html.P(words("review.moved_below"), className="note")
    lines = [html.Li(_move(facts, move, words)) for move in moves[:_MOST_MOVED]]
    if len(moves) > _MOST_MOVED:
        lines.append(html.Li(words("review.more_moves", n=len(moves) - _MOST_MOVED)))
    return html.Ul(lines, className="plain moves")


def _move(facts: ReviewFacts, move: Moved, words: Words) -> str:
    """One total that moved, in words: of whom, from how many to how many."""
    parts = move.what.split("/")
    if facts.dataset == FLASH and parts[0] != "returns":
        what = cell_name(facts, parts[1], words)
    elif "returns" in parts:
        scheme = [cell_name(facts, parts[0], words)] if parts[0] != "returns" else []
        what = ", ".join([*scheme, words(f"column.{parts[-1]}")])
    else:
        sex = {"F": "column.women", "M": "column.men", "X": "column.another", "U": "column.not_stated"}
        what = ", ".join(
            [
                cell_name(facts, parts[0], words),
                words(sex.get(parts[1], "column.all")),
                words(f"measure.{parts[2]}"),
            ]
        )
    return words("review.move", what=what, before=_n(move.before, words), after=_n(move.after, words))


def _n(n: float | None, words: Words) -> str:
    return words.number(n, 0 if n is None or float(n).is_integer() else 1)


def timeline(facts: ReviewFacts, country: Country, words: Words) -> Component:
    """Every act and remark, the newest first."""
    entries = [(act.at, _act(facts, act, country, words)) for act in facts.timeline]
    entries += [
        (remark.at, words("review.act.remarked", who=remark.by or words("review.somebody")))
        for remark in facts.remarks
    ]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    lines = [
        html.Li(
            [
                html.Span(className="mark"),
                html.Span(said),
                html.Span(words.moment(at, country.timezone), className="where"),
            ]
        )
        for at, said in entries
    ]
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(words("review.nothing_yet"), className="empty")
    )
    return html.Section([html.H2(words("review.timeline")), body], className="card", id="timeline")


def _act(facts: ReviewFacts, act: Act, country: Country, words: Words) -> str:
    role = next((role for role in country.roles if role.id == act.office), None)
    who = act.by or words("review.somebody")
    if role:
        who = f"{who} ({words.name(role.names, role.id)})"
    said = words(
        f"review.act.{act.act}",
        who=who,
        n=len(act.moved),
        files=", ".join(act.receipts),
        where=act.cause or "",
    )
    return f"{said} {act.reason}" if act.reason else said
