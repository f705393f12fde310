"""What the board has released, for everybody: the figures, what they mean, their files, and every figure for good.

A draft is shown to those who may preview it, on the very page that the public will see.
"""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import breadcrumb
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.releases import about, embargo, figure_tables
from dashboards.pages.releases.contents import Contents, Row, contents
from dashboards.queries import releases as known
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/releases", menu=20, group="figures")
def releases_page(view: View, country: Country, t: Translator) -> Page:
    """The release that holds, of the newest period, and all there ever were; or what to do where there is none."""
    listed = known.releases()
    standing = [each for each in listed if each["state"] == "released"]
    body: list[Component | None] = [*outcome(view, t, "releases")]
    if standing:
        newest = max(standing, key=lambda each: each["period"])
        body += _release(contents(newest["release"], None), country, view, t)
    else:
        body += [
            html.H1(t("releases.title"), id="headline", tabIndex=-1),
            html.Section([html.P(t("releases.empty")), _ways(view, t)], className="card one", id="empty"),
        ]
    body += [_all(listed, country, view, t), embargo.draft_form(country, known.periods(), view, t)]
    return _page(t("releases.title"), body)


@page("/releases/<release>", "/releases/<release>/areas/<area>")
def release_page(view: View, country: Country, t: Translator, release: str, area: str | None = None) -> Page:
    """One release, of the whole country or of one area."""
    row = known.release(release)
    if row["concealed"] and not row["files"]:
        words = t("releases.because", reason=row["ended_because"])
        body: list[Component | None] = [
            html.H1(release, id="headline", tabIndex=-1),
            html.P(f"{t('releases.standing.withdrawn')} {words}", className="refusal", id="standing"),
        ]
        return _page(release, body)
    return _page(
        release, [*outcome(view, t, "releases"), *_release(contents(release, area), country, view, t)]
    )


@page("/releases/<release>/figures/<table>/<key>")
def figure_page(view: View, country: Country, t: Translator, release: str, table: str, key: str) -> Page:
    """The permanent address of a figure: as of its release, what stands now, and how to cite it."""
    figure = known.figure(release, table, key)
    of = contents(release, figure["area_code"])
    name = _subject(of, figure, t)
    parts: list[Component] = [html.B(figure_tables.shown(figure, of, t), className="big")]
    if figure["denominator"] is not None and figure["count"] is not None:
        parts.append(
            html.P(
                t(
                    "card.fraction",
                    numerator=t.number(figure["count"]),
                    denominator=t.number(figure["denominator"]),
                )
            )
        )
    parts.append(html.P(t.name(of.definitions["statuses"][figure["status"]]), className="note"))
    now = figure["now"]
    if figure["of"]["state"] == "released":
        parts.append(html.P(t("releases.figure.stands")))
    elif now is None:
        parts.append(html.P(t("releases.figure.none_stands")))
    else:
        link = html.A(figure_tables.shown(now, of, t), href=figure_tables.figure_href(now, view))
        parts.append(html.P([t("releases.figure.now"), " ", link, f" ({now['release']})"]))
    body: list[Component | None] = [
        _crumbs(of, view, t, name),
        html.H1(f"{name}: {t.period(figure['period'])}", id="headline", tabIndex=-1),
        embargo.standing(of, country, view, t),
        html.Section(parts, className="card one", id="figure"),
        _triangle(table, key, of, view, t),
        about.citation(of, country, view, t, figure),
    ]
    return _page(name, body)


def _release(of: Contents, country: Country, view: View, t: Translator) -> list[Component | None]:
    release = of.release
    day = release["released_at"] or release["drafted_at"]
    lede = t(
        "releases.lede",
        version=release["version"],
        day=t.date(day.date()),
        moment=t.moment(release["as_known_at"], country.timezone),
    )
    place = t.name(of.area_names(of.area), of.area)
    return [
        _crumbs(of, view, t),
        html.H1(
            t("release.title", country=place, period=t.period(release["period"])), id="headline", tabIndex=-1
        ),
        embargo.standing(of, country, view, t),
        html.P(lede, className="lede"),
        html.Section([html.P(release["note"])], className="card prose") if release["note"] else None,
        embargo.checklist(of, country, view, t) if release["state"] in ("draft", "approved") else None,
        embargo.acts(of, country, view, t) if release["state"] in ("draft", "approved") else None,
        figure_tables.indicators(of, view, t),
        figure_tables.areas_below(of, view, t),
        figure_tables.schemes(of, view, t),
        about.footnotes(of, t),
        about.downloads(of, t),
        about.changes(of, t),
        about.definitions(of, t),
        about.timeline(of, country, t),
        about.citation(of, country, view, t),
        html.Section([_ways(view, t)], className="card one"),
        embargo.acts(of, country, view, t) if release["state"] not in ("draft", "approved") else None,
    ]


def _crumbs(of: Contents, view: View, t: Translator, name: str = "") -> Component:
    steps = [(t("releases.title"), view.href("/releases"))]
    code, above = of.area, []
    while code:
        above.append(code)
        code = of.areas[code]["parent"]
    at = f"/releases/{of.release['release']}"
    for code in reversed(above):
        href = view.href(at if not of.areas[code]["parent"] else f"{at}/areas/{code}")
        steps.append((t.name(of.area_names(code), code), href))
    if name:
        return breadcrumb(steps, t, name)
    return breadcrumb(steps[:-1], t, steps[-1][0], of.release["release"])


def _subject(of: Contents, figure: Row, t: Translator) -> str:
    """What a figure is about, in words: indicator or scheme, area, sex, age."""
    parts = [t.name(of.area_names(figure["area_code"]), figure["area_code"])]
    for section, code in (("indicators", figure["indicator"]), ("schemes", figure["scheme"])):
        if code != "_T":
            parts.insert(0, t.name(of.named(section, code), code))
    if figure["sex"] in ("F", "M"):
        parts.append(t(f"releases.sex.{'women' if figure['sex'] == 'F' else 'men'}"))
    if figure["age_group"] != "_T":
        parts.append(t.name(of.named("age_groups", figure["age_group"]), figure["age_group"]))
    return ", ".join(parts)


def _triangle(table: str, key: str, of: Contents, view: View, t: Translator) -> Component | None:
    rows = known.triangle(table, key)
    if not rows:
        return None
    lines = [
        [t.period(r["period"]), r["release"], t.date(r["released_at"].date()), t(f"release.state.{r['state']}"),
         figure_tables.shown(r, of, t)]
        for r in rows
    ]  # fmt: skip
    caption = t("releases.triangle")
    columns = [
        Column("period", t("shell.period"), "text"), Column("release", t("releases.release"), "text"),
        Column("day", t("releases.day"), "text"), Column("state", t("releases.state"), "text"),
        Column("figure", t("releases.figure")),
    ]  # fmt: skip
    return html.Section([html.H2(caption), data_table(Table(caption, columns, lines), t)], className="card")


def _all(listed: list[Row], country: Country, view: View, t: Translator) -> Component | None:
    if not listed:
        return None
    rows = [
        [each["release"], t.period(each["period"]), each["version"], t(f"release.state.{each['state']}"),
         t.date((each["released_at"] or each["drafted_at"]).date())]
        for each in listed
    ]  # fmt: skip
    columns = [
        Column("release", t("releases.release"), "text"), Column("period", t("shell.period"), "text"),
        Column("version", t("releases.version"), "text"), Column("state", t("releases.state"), "text"),
        Column("day", t("releases.day"), "text"),
    ]  # fmt: skip
    hrefs = [view.href(f"/releases/{each['release']}") for each in listed]
    caption = t("releases.all")
    return html.Section(
        [html.H2(caption), data_table(Table(caption, columns, rows, hrefs), t)], className="card", id="all"
    )


def _ways(view: View, t: Translator) -> Component:
    return dcc.Link(t("releases.directory"), href=view.href("/schemes"), className="action")


def _page(title: str, body: list[Component | None]) -> Page:
    return Page(title=title, body=[part for part in body if part is not None], section="releases")
