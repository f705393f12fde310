"""The country folder as it is loaded, and what `sala country check` says of it."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.country import examine
from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from dashboards.server.with_code import with_code
from sala.translation.translator import Translator
from validators.country_rules import RULES

_LAYERS = """
SELECT area_level, count(*) AS areas FROM mart.area WHERE valid_to = 'infinity'
GROUP BY area_level, depth ORDER BY depth
"""


@page("/admin/country", menu=93, group="data", name="country", may="administer")
def country_page(view: View, country: Country, t: Translator) -> Page:
    """What the folder declares, in counts; with `check` in the address what is wrong or odd in it.

    Its tables of people and targets are judged by `sala country check` alone: that takes longer than a page may.
    """
    with acting() as connection:
        layers = rows(connection, _LAYERS)
    names = {layer.id: t.name(layer.plurals, layer.id) for layer in country.layers}
    counts = [(names.get(row["area_level"], row["area_level"]), row["areas"]) for row in layers]
    counts += [
        (t(f"country.{name}"), len(getattr(country, name)))
        for name in (
            "schemes",
            "administrators",
            "indicators",
            "roles",
            "age_groups",
            "groups",
            "languages",
        )
    ]
    columns = (Column("what", t("country.what"), "text"), Column("count", t("country.count")))
    body: list[Component] = [
        html.H1(t("country.title", name=t.name(country.names)), id="headline", tabIndex=-1),
        html.P(with_code(t("country.lede", folder=str(country.folder))), className="lede"),
        html.Section(data_table(Table(t("country.declared"), columns, counts), t), className="card one"),
    ]
    if dict(view.query).get("check"):
        body += _check(country, t)
    else:
        body.append(dcc.Link(t("country.check"), href=view.href(check="now"), className="action"))
    return Page(title=t("nav.country"), body=body, section="country")


def _check(country: Country, t: Translator) -> list[Component]:
    examined = examine(country.folder, RULES)
    lists = [("faults", [str(fault) for fault in examined.faults])]
    lists.append(("doubts", [f"{doubt.file}:{doubt.line}: {doubt.message}" for doubt in examined.doubts]))
    return [
        html.Section(
            [
                html.H2(t(f"country.{name}", n=len(found))),
                html.P(with_code(t(f"country.{name}_note")), className="note"),
                html.Ul([html.Li(one, lang="en") for one in found[:500]]) if found else None,
            ],
            className="card one",
            id=name,
        )
        for name, found in lists
    ]
