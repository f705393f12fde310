"""What every dataset holds and what every rule says: written from the contracts themselves."""

from dash import dcc, html

from countries.model import Country
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words
from validators.outputs.documentation import page as documentation


@page("/contracts")
def contracts_page(view: View, country: Country, words: Words) -> Page:
    """The documentation in the reader's language."""
    body = [
        html.H1(words("submissions.contracts"), id="headline", tabIndex=-1),
        html.Section(dcc.Markdown(documentation(country, words.language)), className="card prose"),
    ]
    return Page(title=words("submissions.contracts"), body=body, section="submissions")
