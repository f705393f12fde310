"""The way back from a figure: its areas, what each of them sent, and the file at the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.sources.queries import MOST, AreaBelow, Line, areas_below, lines
from dashboards.queries.places import places
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.errors import NotFound
from sala.translation.translator import Translator


@page("/sources/<code>")
def sources_page(view: View, country: Country, t: Translator, code: str) -> Page:
    """What was reported in and below an area for an indicator or a scheme in a period. Raises NotFound."""
    said = dict(view.query)
    with acting() as connection:
        lists = reference(connection)
        period, _ = chosen_period(lists.periods, view.period)
        above, _ = places(connection, code, period)
    area = above[-1]
    what, schemes = _schemes(said.get("indicator"), said.get("scheme"), country, t)
    sex = said.get("sex") if said.get("sex") in ("F", "M", "X", "U") else None
    name = t.name(area.names, area.code)
    key = period.code if period else ""
    months = [one for one in lists.period_codes if one == key or one.startswith(f"{key}-")]  # of a year all
    own, below = lines(code, months, schemes, sex), areas_below(code, months, schemes, sex)
    here = replace(
        view, query=tuple(pair for pair in view.query if pair[0] in ("indicator", "scheme", "sex"))
    )

    def href(area_code: str) -> str:
        return replace(here, path=f"/sources/{area_code}").href(period=key)

    about = [t.period(key) if key else "", what, t(f"sex.{sex}") if sex else ""]
    parts: list[Component] = [
        area_breadcrumb(above[:-1], area, href, t, ""),
        html.H1(t("sources.title", area=name), id="headline", tabIndex=-1),
        html.P(" · ".join(filter(None, about)), className="lede"),
    ]
    if own:
        parts.append(_card(t("sources.lines"), "lines", data_table(_lines(own, country, view, t), t)))
    if below:
        cut = t("sources.cut", n=MOST, of=t.number(below[0].areas)) if below[0].areas > MOST else None
        table = data_table(_areas(below, href, t), t)
        parts.append(_card(t("sources.areas", n=below[0].areas), "areas", table, cut))
    if not own and not below:
        parts.append(html.P(t("sources.none"), className="empty"))
    return Page(
        title=t("sources.title", area=name),
        body=parts,
        section="data",
        periods=lists.period_codes,
        chosen={"period": key},
    )


def _schemes(
    indicator: str | None, scheme: str | None, country: Country, t: Translator
) -> tuple[str, list[str] | None]:
    """What the figure is of, in words, and the schemes that it counts; None is all."""
    if scheme:
        chosen = next((one for one in country.schemes if one.id == scheme), None)
        if chosen is None:
            raise NotFound("unknown_scheme", what=scheme)
        return t.name(chosen.names, scheme), [scheme]
    if indicator:
        about = next((one for one in country.indicators if one.id == indicator), None)
        if about is None:
            raise NotFound("unknown_indicator", what=indicator)
        if about.gap:
            about = country.indicator(about.gap.of)
        counted = about.numerator.schemes if about.numerator else ()
        return t.name(about.title, indicator), list(counted) or None
    return t("sources.all_schemes"), None


def _card(title: str, name: str, table: Component, note: str | None = None) -> Component:
    return html.Section(
        [html.H2(title), html.P(note, className="note") if note else None, table],
        className="card one",
        id=name,
    )


def _areas(below: list[AreaBelow], href: Callable[[str], str], t: Translator) -> Table:
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("beneficiaries", t("explore.column.beneficiaries")),
        Column("lines", t("sources.line_count")),
        Column("files", t("sources.file_count")),
    )
    rows = [(t.name(a.names, a.area_code), a.area_code, a.beneficiaries, a.lines, a.files) for a in below]
    return Table(t("sources.areas", n=below[0].areas), columns, rows, [href(a.area_code) for a in below])


def _lines(own: list[Line], country: Country, view: View, t: Translator) -> Table:
    schemes = {scheme.id: t.name(scheme.names, scheme.id) for scheme in country.schemes}
    ages = {group.id: t.name(group.names, group.id) for group in country.age_groups}
    bare = replace(view, query=())
    columns = (
        Column("file", t("sources.open_row"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("sex", t("column.sex"), "text"),
        Column("age_group", t("column.age"), "text"),
        Column("beneficiaries", t("explore.column.beneficiaries")),
        Column("by", t("column.by"), "text"),
    )
    rows = [
        (
            t("sources.row", file=line.filename, row=line.row_number)
            if line.filename
            else t("sources.file_hidden"),
            schemes.get(line.scheme, line.scheme),
            t(f"sex.{line.sex}"),
            ages.get(line.age_group, t("sex._T")),
            line.beneficiaries,
            line.submitted_by,
        )
        for line in own
    ]
    hrefs = [
        bare.href(f"/submissions/{line.receipt}/rows", row=str(line.row_number or 1))
        + f"#row-{line.row_number or 1}"
        if line.filename
        else None
        for line in own
    ]
    return Table(t("sources.lines"), columns, rows, hrefs)
