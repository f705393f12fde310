"""The first HTML of every address, in the reader's language; Dash puts the page into it.

It carries the headline of the page, which is so read while the scripts are still on a slow line.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from dash import Dash
from flask_wtf.csrf import generate_csrf

from dashboards import theme
from dashboards.server.callback_requests import checked
from dashboards.server.current_user import account, account_name
from dashboards.server.session_dialog import session_dialog
from dashboards.server.view import View, request_view
from sala.translation.translator import translator

_INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf-token" content="{token}">
<meta name="account" content="{account}">
<title>{{%title%}}</title>
{{%favicon%}}
<style>{variables}</style>
{{%css%}}
</head>
<body>
<div id="connection" role="status" hidden>
<span class="slow">{slow}</span><span class="away">{away}</span><span class="lost">{lost}</span>
<button type="button">{retry}</button>
</div>
<div id="first">
<header class="top"><span class="brand"><i class="hall"></i>Sala</span></header>
<main><h1>{headline}</h1></main>
</div>
{{%app_entry%}}
<noscript>{noscript}</noscript>
{session}
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>"""


class SalaDash(Dash):
    """Dash with an index in the reader's language, which carries the token of whoever is signed in.

    Callbacks are called only with values that their annotations allow. `headline` gives that of a view's page.
    """

    headline: Callable[[View], str]

    def callback(self, *declared: Any, **options: Any) -> Callable[[Callable[..., Any]], Any]:
        """As Dash's own."""
        register = super().callback(*declared, **options)
        return lambda function: register(checked(function))

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The HTML that loads the application."""
        view = request_view()
        t = translator(view.language)
        page = _INDEX.format(
            language=view.language,
            variables=theme.css_variables(),
            noscript=t("shell.noscript"),
            session=session_dialog(t),
            account=escape(account_name()),
            **{state: escape(t(f"connection.{state}")) for state in ("slow", "away", "lost", "retry")},
            headline=escape(self.headline(view)).replace("{%", "&#123;%"),
            token=generate_csrf() if account() else "",
        )
        for name, content in parts.items():
            page = page.replace("{%" + name + "%}", content)
        return page
