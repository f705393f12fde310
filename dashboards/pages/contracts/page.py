"""What every dataset holds and what every rule says: written from the contracts themselves."""

from dash import dcc, html

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from validators.outputs.documentation import page as documentation


@page("/contracts", menu=20, group="data")
def contracts_page(view: View, country: Country, t: Translator) -> Page:
    """The documentation in the reader's language."""
    title = t("submissions.contracts")
    body = [
        html.H1(title, id="headline", tabIndex=-1),
        html.Section(
            dcc.Markdown(documentation(country, t.language)),
            className="card prose",
            tabIndex=0,  # its tables scroll sideways on a phone
            **aria(label=title),
        ),
    ]
    return Page(title=title, body=body, section="contracts")
