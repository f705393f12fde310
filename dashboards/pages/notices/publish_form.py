"""The form that publishes a notice."""

import datetime as dt
from zoneinfo import ZoneInfo

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, line, select, text_area
from dashboards.pages.notices.models import NoticeBoard
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.notices.notices import KINDS, PER


def publish_form(board: NoticeBoard, country: Country, view: View, t: Translator) -> Component:
    """For those who publish here: in every language of the country, from a day on, to this area and all below it."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    schemes = [("", t("notices.no_scheme")), *((s.id, t.name(s.names)) for s in country.schemes)]
    mine = {n.number: n for n in board.notices if n.area_code == board.area.code}
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
    area = t.name(board.area.names, board.area.code)
    return html.Section(
        html.Details(
            [
                html.Summary(t("notices.publish", area=area)),
                html.P(t("notices.publish.note"), className="note"),
                form(
                    f"/notices/{board.area.code}/publish",
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
