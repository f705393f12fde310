"""What every mart and its columns mean, as `sala docs --marts` prints it."""

from functools import cache

from dash import dcc, html

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from sql.dictionary import chapter, marts

_described = cache(marts)
"""They come with the version of Sala."""


@page("/dictionary")
def dictionary_page(view: View, country: Country, t: Translator) -> Page:
    """A section a mart, whose name is its place in the address."""
    sections = [
        html.Section(
            dcc.Markdown(chapter(described)),
            className="card prose one",
            id=described.name,
            lang="en",
            tabIndex=0,  # its table scrolls sideways on a phone
            **aria(label=described.name),
        )
        for described in _described()
    ]
    body = [
        html.H1(t("dictionary.title"), id="headline", tabIndex=-1),
        html.P(t("dictionary.lede"), className="lede"),
        *sections,
    ]
    return Page(title=t("dictionary.title"), body=body, section="data")
