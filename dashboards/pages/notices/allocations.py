"""Money on its way down: grants of an area and of those right below it, and what of them was paid out."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.chart_frame import chart_frame
from dashboards.components.form import form, line, select
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.queries import NoticeFacts
from dashboards.server.current_user import person
from dashboards.server.view import View
from sala.translation.translator import Words


def grants(facts: NoticeFacts, country: Country, view: View, words: Words) -> Component:
    """The area's own grants, each with its acknowledgement, and those of the areas right below."""
    parts: list[Component] = [html.H2(words("grants.title"))]
    own = [grant for grant in facts.grants if grant.area_code == facts.area.code]
    below = [grant for grant in facts.grants if grant.area_code != facts.area.code]
    if not facts.grants:
        parts.append(html.P(words("grants.none"), className="empty"))
    reader = person()
    answers = (
        reader.may("draft", facts.area.code)
        and reader.administrator is None
        and reader.area_code in ("", facts.area.code)
    )
    lines = []
    for grant in own:
        said: list[Component | str] = [
            html.B(f"{words.number(grant.amount)} {country.currency}"),
            f" · {_scheme(grant.scheme, country, words)} · {words.period(grant.period)}",
        ]
        if grant.acknowledged_at:
            when = words.moment(grant.acknowledged_at, country.timezone)
            who = grant.acknowledged_by or words("review.somebody")
            said.append(html.P(words("notices.acknowledged", who=who, when=when), className="note"))
        elif answers:
            hidden = {"allocation": str(grant.allocation)}
            action = f"/notices/{facts.area.code}/acknowledge"
            said.append(form(action, [], words("grants.acknowledge"), view, hidden))
        else:
            said.append(html.P(words("notices.not_acknowledged"), className="note"))
        mark = html.I(className="mark" if grant.acknowledged_at else "mark soon")
        lines.append(html.Li([mark, html.Div(said)]))
    if lines:
        parts.append(html.Ul(lines, className="items"))
    if below:
        done = sum(grant.acknowledged_at is not None for grant in below)
        total = words("grants.below", done=words.number(done), n=len(below))
        parts.append(
            html.Details([html.Summary(total), data_table(grants_table(facts, country, view, words), words)])
        )
    return html.Section(parts, className="card one", id="grants")


def grants_table(facts: NoticeFacts, country: Country, view: View, words: Words) -> Table:
    """Grants of the areas right below, one a row."""
    columns = (
        Column("area", words("column.area"), "text"),
        Column("period", words("column.period"), "text"),
        Column("scheme", words("column.scheme"), "text"),
        Column("amount", words("grants.amount")),
        Column("acknowledged_at", words("notices.column.acknowledged"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for grant in facts.grants:
        if grant.area_code == facts.area.code:
            continue
        names = facts.named(grant.area_code).names
        when = words.date(grant.acknowledged_at.date()) if grant.acknowledged_at else "–"
        scheme = _scheme(grant.scheme, country, words)
        table.append(
            (words.name(names, grant.area_code), words.period(grant.period), scheme, grant.amount, when)
        )
        hrefs.append(view.href(f"/notices/{grant.area_code}"))
    return Table(words("grants.title"), columns, table, hrefs)


def absorption(facts: NoticeFacts, country: Country, view: View, words: Words) -> Component | None:
    """What was granted against what was paid, with how much of the returns is there to tell."""
    if not facts.absorption:
        return None
    code = facts.area.code
    return chart_frame(
        words("absorption.title"),
        data_table(absorption_table(facts, country, words), words),
        words,
        id="absorption",
        note=words("absorption.note"),
        download=view.href(f"/download/absorption/{code}.csv", lang=words.language),
        table=False,
        wide="one",
    )


def absorption_table(facts: NoticeFacts, country: Country, words: Words) -> Table:
    """A row an area, period and scheme. Shares are divided from the sums beside them."""
    columns = (
        Column("area", words("column.area"), "text"),
        Column("area_code", words("column.code"), "text"),
        Column("period", words("column.period"), "text"),
        Column("scheme", words("column.scheme"), "text"),
        Column("allocated", words("absorption.allocated")),
        Column("paid", words("absorption.paid")),
        Column("absorption", words("absorption.share"), "share"),
        Column("received", words("column.received")),
        Column("expected", words("column.expected")),
        Column("completeness", words("column.completeness"), "share"),
    )
    table: list[tuple[Cell, ...]] = [
        (
            words.name(facts.named(row["area_code"]).names, row["area_code"]),
            row["area_code"],
            words.period(row["period"]),
            _scheme(row["scheme"], country, words),
            *(row[column.key] for column in columns[4:]),
        )
        for row in facts.absorption
    ]
    return Table(words("absorption.title"), columns, table)


def allocate_form(facts: NoticeFacts, country: Country, view: View, words: Words) -> Component:
    """For those who grant: to this area or one right below it."""
    areas = [(area.code, words.name(area.names, area.code)) for area in (*facts.below, facts.area)]
    fields: list[Component] = [
        select("to", words("column.area"), areas),
        select("scheme", words("column.scheme"), [(s.id, words.name(s.names)) for s in country.schemes]),
        line("period", words("grants.period")),
        line("amount", words("grants.amount_in", currency=country.currency)),
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(words("grants.allocate")),
                html.P(words("grants.allocate.note"), className="note"),
                form(
                    f"/notices/{facts.area.code}/allocate",
                    fields,
                    words("grants.allocate.do"),
                    view,
                    strong=True,
                ),
            ]
        ),
        className="card one publish",
        id="allocate",
    )


def _scheme(scheme_id: str, country: Country, words: Words) -> str:
    scheme = next((s for s in country.schemes if s.id == scheme_id), None)
    return words.name(scheme.names) if scheme else scheme_id
