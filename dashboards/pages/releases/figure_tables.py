"""The figures of a release as tables: indicators and schemes of an area, and the areas below it."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.format_figure import measured
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.pages.releases.contents import Contents, Row
from dashboards.server.view import View
from sala.translation.translator import Translator

SEXES = (TOTAL, WOMEN, MEN)


def shown(row: Row | None, of: Contents, t: Translator) -> str:
    """A figure in a few characters: 44%, 6–10%, 1,234, a star where it is held back, a dash where it is not known."""
    if row is None or row["status"] == "L":
        return "–"
    if row["status"] == "Q":
        return "*"
    if row["value"] is None and row["count"] is not None:
        return t.number(row["count"])
    shown_in: str = next(
        (each["shown_in"] for each in of.definitions["indicators"] if each["id"] == row["indicator"]),
        "persons",
    )
    return measured(share(row), shown_in, t)


def share(row: Row) -> Figure:
    """The figure of an indicator as pages draw it."""
    return Figure(
        row["indicator"], row["area_code"], row["period"], row["sex"], row["count"], row["denominator"],
        row["value"], row["lower_bound"], row["upper_bound"], row["completeness"], "released",
    )  # fmt: skip


def indicators(of: Contents, view: View, t: Translator) -> Component | None:
    """Each indicator of the area: everybody, women, men; the first cell leads to the figure's permanent address."""
    codes = list(dict.fromkeys(r["indicator"] for r in of.at(area_code=of.area) if r["indicator"] != TOTAL))
    order = [each["id"] for each in of.definitions["indicators"]]
    codes.sort(key=lambda code: order.index(code) if code in order else len(order))
    return _by_sex(of, "indicator", codes, "indicators", t("releases.by_indicator"), view, t)


def schemes(of: Contents, view: View, t: Translator) -> Component | None:
    """Each scheme of the area: persons, women, men."""
    codes = [each["id"] for each in of.definitions["schemes"] if of.at(area_code=of.area, scheme=each["id"])]
    return _by_sex(of, "scheme", codes, "schemes", t("releases.by_scheme"), view, t)


def _by_sex(
    of: Contents, subject: str, codes: list[str], section: str, caption: str, view: View, t: Translator
) -> Component | None:
    if not codes:
        return None
    rows, hrefs = [], []
    for code in codes:
        by_sex = {r["sex"]: r for r in of.at(area_code=of.area, age_group=TOTAL, **{subject: code})}
        rows.append(
            [t.name(of.named(section, code), code), *(shown(by_sex.get(sex), of, t) for sex in SEXES)]
        )
        hrefs.append(figure_href(by_sex[TOTAL], view) if TOTAL in by_sex else None)
    columns = [Column(subject, caption, "text"), *_sexes(t)]
    return html.Section(
        [html.H2(caption), data_table(Table(caption, columns, rows, hrefs), t, look="released")],
        className="card",
    )


def areas_below(of: Contents, view: View, t: Translator) -> Component | None:
    """The areas right below, an indicator a column; each leads to the same page of that area."""
    children = of.children()
    codes = [each["id"] for each in of.definitions["indicators"] if of.at(indicator=each["id"])]
    if not children or not codes:
        return None
    by = {(r["area_code"], r["indicator"]): r for r in of.at(sex=TOTAL, age_group=TOTAL)}
    rows = [
        [t.name(of.area_names(child), child), *(shown(by.get((child, code)), of, t) for code in codes)]
        for child in children
    ]
    columns = [
        Column("area", t("releases.area"), "text"),
        *(Column(code, t.name(of.named("indicators", code), code)) for code in codes),
    ]
    hrefs = [view.href(f"/releases/{of.release['release']}/areas/{child}") for child in children]
    caption = t("releases.areas_below")
    return html.Section(
        [html.H2(caption), data_table(Table(caption, columns, rows, hrefs), t, look="released")],
        className="card",
    )


def figure_href(row: Row, view: View) -> str:
    """The permanent address of a figure."""
    return view.href(f"/releases/{row['release']}/figures/{row['public_table']}/{row['key']}")


def _sexes(t: Translator) -> list[Column]:
    return [Column(name, t(f"releases.sex.{name}")) for name in ("all", "women", "men")]
