"""What stands beside the figures: footnotes, downloads, definitions, what changed, who signed, and how to cite it."""

from dash import html
from dash.development.base_component import Component
from flask import request

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.releases.contents import Contents, Row
from dashboards.server.view import View
from sala.translation.translator import Translator

PUBLIC = ("released", "superseded", "withdrawn")
_FIRST = ("folder.zip", "datapackage.json")


def footnotes(of: Contents, t: Translator) -> Component | None:
    """The footnotes that any of the figures on the page has, in the words of the release."""
    held = {"Q": "held_back", "R": "rounded", "L": "not_known", "U": "only_bounds"}
    here = {held[r["status"]] for r in of.figures if r["status"] in held}
    here |= {"incomplete"} if any((r["completeness"] or 1) < 1 for r in of.figures) else set()
    here |= {"rate_held_back"} if any(_rate_held_back(r, of) for r in of.figures) else set()
    here |= {"made_up"} if of.definitions["country"]["sample"] else set()
    words = of.definitions["footnotes"]
    lines = [html.Li([_MARKS.get(name, ""), t.name(words[name])]) for name in words if name in here]
    return (
        html.Section([html.H2(t("releases.footnotes")), html.Ul(lines)], className="card prose")
        if lines
        else None
    )


def _rate_held_back(figure: Row, of: Contents) -> bool:
    """Whether the count stands and the persons by whom it is divided do not."""
    names = {each["id"] for each in of.definitions["indicators"] if each.get("denominator")}
    return figure["indicator"] in names and figure["count"] is not None and figure["denominator"] is None


_MARKS = {"held_back": "* ", "not_known": "– "}


def downloads(of: Contents, t: Translator) -> Component:
    """The tables as CSV, the descriptor, and all with the program that checks it."""
    release = of.release
    at = f"/api/v1/releases/{release['release']}/files"
    names = [each["name"] for each in release["files"]]
    links = [
        _file(f"{at}/{each['id']}.csv", t.name(each["names"], each["id"]), t)
        for each in of.definitions["public_tables"]
        if f"{each['id']}.csv" in names
    ]
    links.append(_file(f"{at}/datapackage.json", t("releases.descriptor"), t))
    if release["state"] in PUBLIC:
        links.append(_file(f"{at}/folder.zip", t("releases.folder"), t))
    return html.Section([html.H2(t("releases.downloads")), html.Ul(links)], className="card", id="downloads")


def _file(href: str, name: str, t: Translator) -> Component:
    return html.Li(html.A(name, href=href, download="", className="download"))


def definitions(of: Contents, t: Translator) -> Component:
    """What each indicator counts, by what it is divided, its source and caveats."""
    parts: list[Component] = []
    for each in of.definitions["indicators"]:
        version = t("card.source", source=each["source"], version=each["version"])
        counted = ", ".join(
            t.name(of.named("schemes", scheme), scheme)
            for scheme in (each["numerator"] or {}).get("schemes", ())
        )
        parts.append(
            html.Details(
                [
                    html.Summary(t.name(each["title"], each["id"])),
                    html.P(t.name(each["why"])),
                    html.P(t("releases.counts", schemes=counted)) if counted else None,
                    html.P(t.name(each["caveats"])),
                    html.P(f"{each['series']} · {version}", className="note"),
                ]
            )
        )
    return html.Section([html.H2(t("releases.definitions")), *parts], className="card", id="definitions")


def changes(of: Contents, t: Translator) -> Component | None:
    """The change log, and what is restated."""
    notes = of.notes
    if not notes["changes"]:
        return None
    log = [
        html.Li([t(f"release.change.{each['kind']}", n=each["n"], what=each["what"]), _why(each, of, t)])
        for each in notes["changes"]
    ]
    parts: list[Component] = [html.H2(t("releases.changes", version=of.release["version"])), html.Ul(log)]
    if notes["restatements"]:
        rows = [
            [f"{row['table']} {row['key']}", _said(row, "_before", t), _said(row, "", t)]
            for row in notes["restatements"][:100]
        ]
        columns = [
            Column("key", t("releases.figure"), "text"),
            Column("before", t("releases.before", release=notes["restates"])),
            Column("now", t("releases.in_this")),
        ]
        caption = t("releases.restated", n=notes["restated"])
        parts.append(html.Details([html.Summary(caption), data_table(Table(caption, columns, rows), t)]))
    return html.Section(parts, className="card prose", id="changes")


def _why(change: Row, of: Contents, t: Translator) -> str:
    """What the country folder says that the new version of an indicator changed."""
    if change["kind"] != "indicator_changed":
        return ""
    defined = next(each for each in of.definitions["indicators"] if each["id"] == change["what"])
    said = defined["changes"].get(str(defined["version"]))
    return f" {t('definition.change', version=defined['version'])}: {t.name(said)}" if said else ""


def _said(row: Row, suffix: str, t: Translator) -> str:
    status = row[f"status{suffix}"]
    if status == "U":
        span = t.span(row[f"lower_bound{suffix}"], row[f"upper_bound{suffix}"])
        return t("format.percent", number=span)
    count, value = row[f"count{suffix}"], row.get(f"value{suffix}")
    if count is not None and value is not None:
        return f"{t.number(count)} ({t.percent(value)})"
    if count is None and value is not None:
        return t.number(value, 3)
    return "*" if status == "Q" else "–" if count is None else t.number(count)


def timeline(of: Contents, country: Country, t: Translator) -> Component:
    """Who signed, when it became public, what became of it; and the committees that had endorsed its figures."""
    acts = [
        html.Li(
            " ".join(
                part
                for part in (
                    t.moment(each["decided_at"], country.timezone),
                    t(f"release.act.{each['act']}"),
                    _office(each["office"], country, t),
                    each["person"] if each["person"] != "sala" else "",
                    f"({each['about']})" if each["about"] else "",
                    f"— {each['reason']}" if each["reason"] else "",
                )
                if part
            )
        )
        for each in of.release["decisions"]
    ]
    endorsed = ", ".join(
        t.name(of.area_names(each["area"]), each["area"]) for each in of.notes["endorsements"]
    )
    return html.Section(
        [
            html.H2(t("releases.signed")),
            html.Ul(acts),
            html.P(t("releases.endorsed", areas=endorsed))
            if endorsed
            else html.P(t("releases.not_endorsed")),
        ],
        className="card prose",
        id="timeline",
    )


def _office(office: str, country: Country, t: Translator) -> str:
    role = next((role for role in country.roles if role.id == office), None)
    return t.name(role.names, office) if role else office


def citation(
    of: Contents, country: Country, view: View, t: Translator, figure: Row | None = None
) -> Component:
    """How to name the release, or one figure of it, so that others find exactly this."""
    release = of.release
    path = f"/releases/{release['release']}"
    if figure is not None:
        path += f"/figures/{figure['public_table']}/{figure['key']}"
    words = t(
        "releases.cite",
        country=t.name(country.names),
        period=t.period(release["period"]),
        version=release["version"],
        release=release["release"],
        day=t.date(release["released_at"].date()) if release["released_at"] else t("release.state.draft"),
        address=request.host_url.rstrip("/") + path,
    )
    return html.Section(
        [
            html.H2(t("releases.citation")),
            html.P(words, className="cite"),
            html.P([t("releases.hash"), " ", html.Code(release["content_hash"])], className="note"),
        ],
        className="card prose",
        id="citation",
    )
