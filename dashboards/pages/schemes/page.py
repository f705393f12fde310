"""The scheme directory for everybody, and the sheet of it that hangs in the village."""

import datetime as dt
from zoneinfo import ZoneInfo

from dash import html
from flask import Blueprint, render_template_string, request

from countries.country import current
from countries.model import Country
from dashboards import theme
from dashboards.pages.schemes.directory import complaints, entries
from dashboards.queries.scheme_benefits import benefits
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator, translator

blueprint = Blueprint("schemes_sheet", __name__)

_ROWS = ("who", "amount", "where")
_SHEET = """<!DOCTYPE html>
<html lang="{{ t.language }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>{{ t("directory.title") }}</title>
<style>{{ variables|safe }}
@font-face { font-family: "Noto Sans Khmer"; src: url("/fonts/noto-sans-khmer.ttf") format("truetype");
  font-weight: 100 900; font-stretch: 62.5% 100%; unicode-range: U+1780-17FF, U+19E0-19FF, U+200B-200D, U+25CC; }
@page { size: A4; margin: 14mm; }
body { margin: 0 auto; padding: 16px; max-width: 800px; background: #fff; color: var(--ink);
  font: 15px/1.5 var(--font); }
html:lang(km) body { line-height: 1.75; }
h1 { font-size: 26px; margin: 0 0 4px; border-bottom: 2px solid var(--accent); }
section { break-inside: avoid; border-bottom: 1px solid var(--line); padding: 8px 0; }
h2 { font-size: 18px; margin: 0; } p, ul { margin: 2px 0; } .note { color: var(--muted); font-size: 13px; }
nav a { color: var(--accent); margin-right: 14px; display: inline-block; padding: 10px 0; }
@media print { nav { display: none; } body { padding: 0; font-size: 12.5px; } }
</style></head><body>
<nav>{% for language, name in languages %}<a href="?lang={{ language }}">{{ name }}</a>{% endfor %}</nav>
<h1>{{ t("directory.title") }}</h1>
{% if sample %}<p class="note">{{ t("shell.sample") }}</p>{% endif %}
{% for each in listed %}<section><h2>{{ each.name }}</h2>
<p><b>{{ t("directory.who") }}</b> {{ each.who }}</p><p><b>{{ t("directory.amount") }}</b> {{ each.amount }}</p>
<p><b>{{ t("directory.apply") }}</b> {{ each.where }}</p></section>{% endfor %}
<section><h2>{{ t("directory.complain") }}</h2>
<ul>{% for line in complaints %}<li>{{ line }}</li>{% endfor %}</ul></section>
<p class="note">{{ t("directory.free") }}</p>
</body></html>"""


@page("/schemes", menu=60, group="figures")
def schemes_page(view: View, country: Country, t: Translator) -> Page:
    """Each scheme on a card, how to complain, and the way to the printed sheet."""
    cards = [
        html.Section(
            [
                html.H2(each.name),
                *(html.P([html.B(t(f"directory.{_LABELS[row]}")), " ", getattr(each, row)]) for row in _ROWS),
                html.P(t("directory.counts", counts=each.counts), className="note"),
                html.P(each.source, className="note", lang="en"),
            ],
            className="card prose",
        )
        for each in entries(country, benefits(), _today(country), t)
    ]
    sheet = f"/schemes/sheet?lang={view.language}" if view.chosen_language else "/schemes/sheet"
    body = [
        html.H1(t("directory.title"), id="headline", tabIndex=-1),
        html.P(t("directory.lede"), className="lede"),
        html.A(t("directory.print"), href=sheet, className="action", target="_blank"),
        html.Div(cards, className="stack", id="schemes"),
        html.Section(
            [html.H2(t("directory.complain")), html.Ul([html.Li(line) for line in complaints(country, t)])],
            className="card prose",
            id="complain",
        ),
    ]
    return Page(title=t("directory.title"), body=body, section="schemes")


_LABELS = {"who": "who", "amount": "amount", "where": "apply"}


@blueprint.get("/schemes/sheet")
def sheet() -> str:
    """A page to print, in the country's own language where the address names no other."""
    country = current()
    language = request.args.get("lang", "")
    t = translator(language if language in country.languages else country.languages[0])
    return render_template_string(
        _SHEET,
        t=t,
        listed=entries(country, benefits(), _today(country), t),
        complaints=complaints(country, t),
        languages=[(each, translator(each)("language.name")) for each in country.languages],
        sample=country.sample,
        variables=theme.css_variables(),
    )


def _today(country: Country) -> dt.date:
    return dt.datetime.now(ZoneInfo(country.timezone)).date()
