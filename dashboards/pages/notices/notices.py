"""Notices of an area: what each says, whether it is acknowledged, and for those above, by whom it is."""

import datetime as dt
from zoneinfo import ZoneInfo

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, line, select, text_area
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.queries import NoticeFacts, Published
from dashboards.server.current_user import person
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.notices.notices import KINDS, PER


def notice_list(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component:
    """What holds or is coming, and behind a fold what was replaced."""
    if not facts.notices:
        return html.Section([html.P(t("notices.empty"), className="empty")], className="card")
    now = [notice for notice in facts.notices if notice.state != "replaced"]
    old = [notice for notice in facts.notices if notice.state == "replaced"]
    parts: list[Component] = [_notice(notice, facts, country, view, t) for notice in now]
    if old:
        folded = [_notice(notice, facts, country, view, t) for notice in old]
        parts.append(
            html.Section(
                html.Details([html.Summary(t("notices.replaced", n=len(old))), *folded]), className="card"
            )
        )
    return html.Div(parts, className="stack notices")


def _notice(notice: Published, facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component:
    scheme = next((s for s in country.schemes if s.id == notice.scheme), None)
    tags = [t(f"notices.kind.{notice.kind}")]
    if scheme:
        tags.append(t.name(scheme.names))
    tags += [
        t("notices.version", n=notice.version),
        t("notices.from_day", day=t.date(notice.valid_from)),
        t(
            "notices.by",
            area=t.name(notice.publisher),
            who=notice.published_by or t("review.somebody"),
        ),
    ]
    parts: list[Component] = [
        html.Header(
            [
                html.H2(t.name(notice.titles)),
                html.Span(t(f"notices.state.{notice.state}"), className=f"pill small {notice.state}"),
            ]
        ),
        html.P(" · ".join(tags), className="tag"),
    ]
    if notice.benefit is not None:
        per = t(f"notices.per.{notice.benefit_per}")
        parts.append(
            html.P([html.B(f"{t.number(notice.benefit)} {country.currency}"), f" {per}"], className="benefit")
        )
    parts += [html.P(said) for said in t.name(notice.texts).split("\n") if said.strip()]
    if notice.state != "replaced":
        parts += _answers(notice, facts, country, view, t)
    return html.Section(parts, className="card notice", id=f"notice-{notice.notice_id}")


def _answers(
    notice: Published, facts: NoticeFacts, country: Country, view: View, t: Translator
) -> list[Component]:
    """Whether this area has acknowledged, and those below it."""
    code, reader = facts.area.code, person()
    reach = facts.reach.get(notice.notice_id, ())
    own = next((one for one in reach if one.area_code == code), None)
    parts: list[Component] = []
    if own and own.asked_itself:
        if own.acknowledged_at:
            when = t.moment(own.acknowledged_at, country.timezone)
            said = t("notices.acknowledged", who=own.acknowledged_by or t("review.somebody"), when=when)
            parts.append(html.P(said, className="note"))
        elif reader.may("draft", code) and reader.administrator is None and reader.area_code in ("", code):
            parts.append(
                form(
                    f"/notices/{code}/acknowledge",
                    [],
                    t("notices.acknowledge"),
                    view,
                    {"notice": str(notice.notice_id)},
                )
            )
        else:
            parts.append(html.P(t("notices.not_acknowledged"), className="note"))
    children = [one for one in reach if one.area_code != code and one.asked]
    if own and children:
        total = t("notices.reach", done=t.number(own.acknowledged), asked=t.number(own.asked))
        href = view.href(f"/download/notice/{notice.notice_id}/{code}.csv", lang=t.language)
        file = html.A(t("frame.download"), href=href, download="", className="download")
        table = data_table(reach_table(notice, facts, view, t), t)
        parts.append(html.Details([html.Summary(total), table, file]))
    return parts


def reach_table(notice: Published, facts: NoticeFacts, view: View, t: Translator) -> Table:
    """Areas right below: how many are asked there and below, and how many have acknowledged."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("acknowledged", t("notices.column.acknowledged")),
        Column("asked", t("notices.column.asked")),
        Column("itself", t("notices.column.itself"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for one in facts.reach.get(notice.notice_id, ()):
        if one.area_code == facts.area.code or not one.asked:
            continue
        names = facts.named(one.area_code).names
        own = t.date(one.acknowledged_at.date()) if one.acknowledged_at else "–"
        row = (t.name(names, one.area_code), one.area_code, one.acknowledged, one.asked, own)
        table.append(row if one.asked_itself else (*row[:-1], t("notices.not_asked")))
        hrefs.append(view.href(f"/notices/{one.area_code}"))
    return Table(t.name(notice.titles), columns, table, hrefs)


def publish_form(facts: NoticeFacts, country: Country, view: View, t: Translator) -> Component:
    """For those who publish here: in every language of the country, from a day on, to this area and all below it."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    schemes = [("", t("notices.no_scheme")), *((s.id, t.name(s.names)) for s in country.schemes)]
    mine = {n.number: n for n in facts.notices if n.area_code == facts.area.code}
    renews = [("", t("notices.new")), *((str(k), t.name(n.titles)) for k, n in sorted(mine.items()))]
    readers = [("", t("notices.readers.chain")), ("yes", t("notices.readers.everybody"))]
    fields: list[Component] = [
        select("kind", t("notices.kind"), [(kind, t(f"notices.kind.{kind}")) for kind in KINDS]),
        select("renews", t("notices.renews"), renews),
        select("scheme", t("column.scheme"), schemes),
        line("valid_from", t("notices.valid_from"), kind="date", value=today.isoformat()),
        line("benefit", t("notices.benefit", currency=country.currency), required=False),
        select("benefit_per", t("notices.per"), [(per, t(f"notices.per.{per}")) for per in PER]),
        select("everybody", t("notices.readers"), readers),
    ]
    for language in country.languages:
        name = t(f"notices.language.{language}") if t.has(f"notices.language.{language}") else language
        fields.append(line(f"title_{language}", t("notices.title_in", language=name)))
        fields.append(text_area(f"text_{language}", t("notices.text_in", language=name), rows=4))
    area = t.name(facts.area.names, facts.area.code)
    return html.Section(
        html.Details(
            [
                html.Summary(t("notices.publish", area=area)),
                html.P(t("notices.publish.note"), className="note"),
                form(
                    f"/notices/{facts.area.code}/publish",
                    fields,
                    t("notices.publish.do"),
                    view,
                    strong=True,
                ),
            ]
        ),
        className="card one publish",
        id="publish",
    )
