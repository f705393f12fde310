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
from sala.translation.translator import Translator


def grants(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component:
    """The area's own grants, each with its acknowledgement, and those of the areas right below."""
    parts: list[Component] = [html.H2(t("grants.title"))]
    own = [grant for grant in facts.grants if grant.area_code == facts.area.code]
    below = [grant for grant in facts.grants if grant.area_code != facts.area.code]
    if not facts.grants:
        parts.append(html.P(t("grants.none"), className="empty"))
    reader = person()
    answers = (
        reader.may("draft", facts.area.code)
        and reader.administrator is None
        and reader.area_code in ("", facts.area.code)
    )
    lines = []
    for grant in own:
        said: list[Component | str] = [
            html.B(f"{t.number(grant.amount)} {country.currency}"),
            f" · {_scheme(grant.scheme, country, t)} · {t.period(grant.period)}",
        ]
        if grant.acknowledged_at:
            when = t.moment(grant.acknowledged_at, country.timezone)
            who = grant.acknowledged_by or t("review.somebody")
            said.append(html.P(t("notices.acknowledged", who=who, when=when), className="note"))
        elif answers:
            hidden = {"allocation": str(grant.allocation)}
            action = f"/notices/{facts.area.code}/acknowledge"
            said.append(form(action, [], t("grants.acknowledge"), view, hidden))
        else:
            said.append(html.P(t("notices.not_acknowledged"), className="note"))
        mark = html.I(className="mark" if grant.acknowledged_at else "mark soon")
        lines.append(html.Li([mark, html.Div(said)]))
    if lines:
        parts.append(html.Ul(lines, className="items"))
    if below:
        done = sum(grant.acknowledged_at is not None for grant in below)
        total = t("grants.below", done=t.number(done), n=len(below))
        parts.append(
            html.Details([html.Summary(total), data_table(grants_table(facts, country, view, t), t)])
        )
    return html.Section(parts, className="card one", id="grants")


def grants_table(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Table:
    """Grants of the areas right below, one a row."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("period", t("column.period"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("amount", t("grants.amount")),
        Column("acknowledged_at", t("notices.column.acknowledged"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for grant in facts.grants:
        if grant.area_code == facts.area.code:
            continue
        names = facts.named(grant.area_code).names
        when = t.date(grant.acknowledged_at.date()) if grant.acknowledged_at else "–"
        scheme = _scheme(grant.scheme, country, t)
        table.append((t.name(names, grant.area_code), t.period(grant.period), scheme, grant.amount, when))
        hrefs.append(view.href(f"/notices/{grant.area_code}"))
    return Table(t("grants.title"), columns, table, hrefs)


def absorption(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component | None:
    """What was granted against what was paid, with how much of the returns is there to tell."""
    if not facts.absorption:
        return None
    code = facts.area.code
    return chart_frame(
        t("absorption.title"),
        data_table(absorption_table(facts, country, t), t),
        t,
        id="absorption",
        note=t("absorption.note"),
        download=view.href(f"/download/absorption/{code}.csv", lang=t.language),
        table=False,
        wide="one",
    )


def absorption_table(facts: NoticeFacts, country: Country, t: Translator) -> Table:
    """A row an area, period and scheme. Shares are divided from the sums beside them."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("period", t("column.period"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("allocated", t("absorption.allocated")),
        Column("paid", t("absorption.paid")),
        Column("absorption", t("absorption.share"), "share"),
        Column("received", t("column.received")),
        Column("expected", t("column.expected")),
        Column("completeness", t("column.completeness"), "share"),
    )
    table: list[tuple[Cell, ...]] = [
        (
            t.name(facts.named(row["area_code"]).names, row["area_code"]),
            row["area_code"],
            t.period(row["period"]),
            _scheme(row["scheme"], country, t),
            *(row[column.key] for column in columns[4:]),
        )
        for row in facts.absorption
    ]
    return Table(t("absorption.title"), columns, table)


def allocate_form(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component:
    """For those who grant: to this area or one right below it."""
    areas = [(area.code, t.name(area.names, area.code)) for area in (*facts.below, facts.area)]
    fields: list[Component] = [
        select("to", t("column.area"), areas),
        select("scheme", t("column.scheme"), [(s.id, t.name(s.names)) for s in country.schemes]),
        line("period", t("grants.period")),
        line("amount", t("grants.amount_in", currency=country.currency)),
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(t("grants.allocate")),
                html.P(t("grants.allocate.note"), className="note"),
                form(
                    f"/notices/{facts.area.code}/allocate",
                    fields,
                    t("grants.allocate.do"),
                    view,
                    strong=True,
                ),
            ]
        ),
        className="card one publish",
        id="allocate",
    )


def _scheme(scheme_id: str, country: Country, t: Translator) -> str:
    scheme = next((s for s in country.schemes if s.id == scheme_id), None)
    return t.name(scheme.names) if scheme else scheme_id
