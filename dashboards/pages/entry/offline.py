"""The same sheet where there is no line: a page without anything of the server's, which the browser keeps and opens.

A service worker (assets/on_demand/entry_worker.js) gives it in place of /entry; what it shows was kept at earlier
visits.
"""

from html import escape

from flask import Blueprint, Response, send_from_directory

from dashboards import theme
from dashboards.components.scripts import ASSETS, scripts
from dashboards.pages.entry.sheet_place import SCRIPTS, sent_to, texts
from dashboards.server.session_dialog import session_dialog
from dashboards.server.view import request_view
from sala.translation.translator import translator

blueprint = Blueprint("entry_offline", __name__)

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf-token" content="">
<meta name="account" content="">
<title>{title} · Sala</title>
<style>{variables}</style>
<link rel="stylesheet" href="{style}">
</head>
<body>
<header class="top"><a class="brand" href="/"><i class="hall"></i>Sala</a></header>
<main id="main">
<h1 id="headline">{title}</h1>
<p class="lede">{lede}</p>
<section class="card"><div class="entry-sheet" data-offline data-texts="{texts}" data-to="{to}"></div></section>
</main>
{session}
{scripts}
</body>
</html>"""


@blueprint.get("/entry/offline")
def get_offline() -> Response:
    """The page as HTML; the browser keeps it with the files that it names."""
    view = request_view()
    t = translator(view.language)
    tags = "\n".join(
        f'<script src="{escape(src)}"></script>' for src in scripts("session.js", *SCRIPTS).split(" ")
    )
    page = _PAGE.format(
        language=t.language,
        title=escape(t("entry.title")),
        lede=escape(t("entry.offline_lede")),
        variables=theme.css_variables(),
        style=scripts("sala.css"),
        texts=escape(texts(t)),
        to=escape(sent_to(view)),
        session=session_dialog(t),
        scripts=tags,
    )
    return Response(page, mimetype="text/html")


@blueprint.get("/entry-worker.js")
def get_worker() -> Response:
    """The service worker, at an address above the page that it opens."""
    return send_from_directory(ASSETS / "on_demand", "entry_worker.js", mimetype="text/javascript")
