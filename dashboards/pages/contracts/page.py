"""What every dataset holds and what every rule says: written from the contracts themselves."""

from dash import dcc, html

from countries.model import Country
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from validators.outputs.documentation import page as documentation


@page("/contracts", menu=20, group="data")
def contracts_page(view: View, country: Country, t: Translator) -> Page:
    """The documentation in the reader's language."""
    body = [
        html.H1(t("submissions.contracts"), id="headline", tabIndex=-1),
        html.Section(dcc.Markdown(documentation(country, t.language)), className="card prose"),
    ]
    return Page(title=t("submissions.contracts"), body=body, section="contracts")
