"""The schemes in an area: persons that each one reports, and the files the area's own returns came in."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from countries.country import current
from dashboards.components.chart_frame import chart_frame
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.pages.area.scheme_columns import (
    further_columns,
    further_figure,
    group_columns,
    persons_of_sex,
    sex_columns,
    total,
    unit_suffix,
)
from dashboards.server.view import View
from sala.translation.translator import Translator


def schemes(profile: AreaProfile, view: View, t: Translator) -> Component:
    """A table of schemes; in an area without returns, what was expected of it and what to do next."""
    if not profile.schemes:
        return html.Section(
            [html.Header(html.H2(t("schemes.title"))), *_empty(profile, view, t)],
            className="card",
            id="schemes",
        )
    receipts = sorted({receipt for line in profile.schemes for receipt in line.receipts})
    shown = receipts[:6]
    links: list[Any] = []
    for receipt in shown:
        links += [
            " ",
            dcc.Link(receipt, href=view.href("/submissions", receipt=receipt), className="receipt"),
        ]
    return chart_frame(
        t("schemes.title"),
        data_table(schemes_table(profile, t), t),
        t,
        id="schemes",
        note=t("schemes.note"),
        foot=[t("schemes.receipts", n=len(receipts)), *links] if receipts else None,
        download=view.download_href("schemes", profile.area.code),
        table=False,
    )


def _empty(profile: AreaProfile, view: View, t: Translator) -> list[Component]:
    reporting = [scheme for scheme in profile.reference.schemes if scheme.level == profile.area.level]
    when = t.period(profile.period.code) if profile.period else t("period.any")
    parts: list[Component] = [
        html.P(t("schemes.nothing", area=t.name(profile.area.names, profile.area.code), period=when))
    ]
    if reporting:
        parts.append(html.P(t("schemes.expected")))
        parts.append(
            html.Ul(
                [html.Li(f"{t.name(s.names, s.id)} ({t.name(s.administrator)})") for s in reporting],
                className="plain",
            )
        )
    else:
        parts.append(html.P(t("schemes.not_here")))
    parts.append(dcc.Link(t("schemes.upload"), href=view.href("/submissions"), className="action"))
    return parts


def schemes_table(profile: AreaProfile, t: Translator) -> Table:
    """A scheme a row, largest first: persons by sex, as far as anybody states it, and all of them."""
    country = current()
    by_sex = sex_columns(profile.schemes, t)
    further = further_columns(profile.schemes, country, t)
    groups = group_columns(profile.schemes, country, t)
    columns = (
        Column("scheme", t("column.scheme"), "text"),
        Column("administrator", t("column.administrator"), "text"),
        *by_sex,
        Column("beneficiaries", t("column.persons")),
        *further,
        *groups,
    )
    rows = []
    for line in sorted(profile.schemes, key=lambda line: (-(line.total or 0), line.scheme)):
        scheme = profile.reference.scheme(line.scheme)
        name = t.name(scheme.names, line.scheme) if scheme else line.scheme
        administrator = t.name(scheme.administrator) if scheme else None
        rows.append(
            (
                name + unit_suffix(line, t),
                administrator,
                *(persons_of_sex(line, column.key, country, t) for column in by_sex),
                total(line, t),
                *(further_figure(line, column.key, country, t) for column in further),
                *(line.by_group.get(column.key) for column in groups),
            )
        )
    return Table(t("schemes.title"), columns, rows)
