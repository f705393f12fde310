"""Notices of an area: what each says, whether it is acknowledged, and for those above, by whom it is."""

import datetime as dt
from zoneinfo import ZoneInfo

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, line, select, words_field
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.queries import NoticeFacts, Published
from dashboards.server.current_user import person
from dashboards.server.view import View
from sala.translation.translator import Words
from transforms.notices.notices import KINDS, PER


def notice_list(facts: NoticeFacts, country: Country, view: View, words: Words) -> Component:
    """What holds or is coming, and behind a fold what was replaced."""
    if not facts.notices:
        return html.Section([html.P(words("notices.empty"), className="empty")], className="card")
    now = [notice for notice in facts.notices if notice.state != "replaced"]
    old = [notice for notice in facts.notices if notice.state == "replaced"]
    parts: list[Component] = [_notice(notice, facts, country, view, words) for notice in now]
    if old:
        folded = [_notice(notice, facts, country, view, words) for notice in old]
        parts.append(
            html.Section(
                html.Details([html.Summary(words("notices.replaced", n=len(old))), *folded]), className="card"
            )
        )
    return html.Div(parts, className="stack notices")


def _notice(notice: Published, facts: NoticeFacts, country: Country, view: View, words: Words) -> Component:
    scheme = next((s for s in country.schemes if s.id == notice.scheme), None)
    tags = [words(f"notices.kind.{notice.kind}")]
    if scheme:
        tags.append(words.name(scheme.names))
    tags += [
        words("notices.version", n=notice.version),
        words("notices.from_day", day=words.date(notice.valid_from)),
        words(
            "notices.by",
            area=words.name(notice.publisher),
            who=notice.published_by or words("review.somebody"),
        ),
    ]
    parts: list[Component] = [
        html.Header(
            [
                html.H2(words.name(notice.titles)),
                html.Span(words(f"notices.state.{notice.state}"), className=f"pill small {notice.state}"),
            ]
        ),
        html.P(" · ".join(tags), className="tag"),
    ]
    if notice.benefit is not None:
        per = words(f"notices.per.{notice.benefit_per}")
        parts.append(
            html.P(
                [html.B(f"{words.number(notice.benefit)} {country.currency}"), f" {per}"], className="benefit"
            )
        )
    parts += [html.P(said) for said in words.name(notice.texts).split("\n") if said.strip()]
    if notice.state != "replaced":
        parts += _answers(notice, facts, country, view, words)
    return html.Section(parts, className="card notice", id=f"notice-{notice.notice_id}")


def _answers(
    notice: Published, facts: NoticeFacts, country: Country, view: View, words: Words
) -> list[Component]:
    """Whether this area has acknowledged, and those below it."""
    code, reader = facts.area.code, person()
    reach = facts.reach.get(notice.notice_id, ())
    own = next((one for one in reach if one.area_code == code), None)
    parts: list[Component] = []
    if own and own.asked_itself:
        if own.acknowledged_at:
            when = words.moment(own.acknowledged_at, country.timezone)
            said = words(
                "notices.acknowledged", who=own.acknowledged_by or words("review.somebody"), when=when
            )
            parts.append(html.P(said, className="note"))
        elif reader.may("draft", code) and reader.administrator is None and reader.area_code in ("", code):
            parts.append(
                form(
                    f"/notices/{code}/acknowledge",
                    [],
                    words("notices.acknowledge"),
                    view,
                    {"notice": str(notice.notice_id)},
                )
            )
        else:
            parts.append(html.P(words("notices.not_acknowledged"), className="note"))
    children = [one for one in reach if one.area_code != code and one.asked]
    if own and children:
        total = words("notices.reach", done=words.number(own.acknowledged), asked=words.number(own.asked))
        href = view.href(f"/download/notice/{notice.notice_id}/{code}.csv", lang=words.language)
        file = html.A(words("frame.download"), href=href, download="", className="download")
        table = data_table(reach_table(notice, facts, view, words), words)
        parts.append(html.Details([html.Summary(total), table, file]))
    return parts


def reach_table(notice: Published, facts: NoticeFacts, view: View, words: Words) -> Table:
    """Areas right below: how many are asked there and below, and how many have acknowledged."""
    columns = (
        Column("area", words("column.area"), "text"),
        Column("area_code", words("column.code"), "text"),
        Column("acknowledged", words("notices.column.acknowledged")),
        Column("asked", words("notices.column.asked")),
        Column("itself", words("notices.column.itself"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for one in facts.reach.get(notice.notice_id, ()):
        if one.area_code == facts.area.code or not one.asked:
            continue
        names = facts.named(one.area_code).names
        own = words.date(one.acknowledged_at.date()) if one.acknowledged_at else "–"
        row = (words.name(names, one.area_code), one.area_code, one.acknowledged, one.asked, own)
        table.append(row if one.asked_itself else (*row[:-1], words("notices.not_asked")))
        hrefs.append(view.href(f"/notices/{one.area_code}"))
    return Table(words.name(notice.titles), columns, table, hrefs)


def publish_form(facts: NoticeFacts, country: Country, view: View, words: Words) -> Component:
    """For those who publish here: in every language of the country, from a day on, to this area and all below it."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    schemes = [("", words("notices.no_scheme")), *((s.id, words.name(s.names)) for s in country.schemes)]
    mine = {n.number: n for n in facts.notices if n.area_code == facts.area.code}
    renews = [("", words("notices.new")), *((str(k), words.name(n.titles)) for k, n in sorted(mine.items()))]
    readers = [("", words("notices.readers.chain")), ("yes", words("notices.readers.everybody"))]
    fields: list[Component] = [
        select("kind", words("notices.kind"), [(kind, words(f"notices.kind.{kind}")) for kind in KINDS]),
        select("renews", words("notices.renews"), renews),
        select("scheme", words("column.scheme"), schemes),
        line("valid_from", words("notices.valid_from"), kind="date", value=today.isoformat()),
        line("benefit", words("notices.benefit", currency=country.currency), required=False),
        select("benefit_per", words("notices.per"), [(per, words(f"notices.per.{per}")) for per in PER]),
        select("everybody", words("notices.readers"), readers),
    ]
    for language in country.languages:
        spoken = (
            words(f"notices.language.{language}") if words.has(f"notices.language.{language}") else language
        )
        fields.append(line(f"title_{language}", words("notices.title_in", language=spoken)))
        fields.append(words_field(f"text_{language}", words("notices.text_in", language=spoken), rows=4))
    area = words.name(facts.area.names, facts.area.code)
    return html.Section(
        html.Details(
            [
                html.Summary(words("notices.publish", area=area)),
                html.P(words("notices.publish.note"), className="note"),
                form(
                    f"/notices/{facts.area.code}/publish",
                    fields,
                    words("notices.publish.do"),
                    view,
                    strong=True,
                ),
            ]
        ),
        className="card one publish",
        id="publish",
    )
