"""What a form's sender gets back: the page of the form, with what became of it. Downloads answer in plain text.

In the address `outcome` is a key, and `about` what fills the blanks of its text. `about` is signed, so that nobody can
send a link to a page of ours with words of their own in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, current_app, redirect, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from dashboards.server import registry
from dashboards.server.trouble import TROUBLES, refusal_of
from dashboards.server.view import View, request_view
from sala.translation.translator import Translator

KEPT = ("period", "lang", "next")  # what a form carries for the page that it returns to


def install(server: Flask) -> None:
    """Answer every trouble that no blueprint has a handler of its own for."""
    for kind in TROUBLES:
        server.register_error_handler(kind, _answer)


def back(key: str, about: Mapping[str, str] | None = None) -> AnyResponse:
    """To the page of the form that was sent: the address above its own, unless that is a page itself."""
    page = request.path if registry.is_page(request.path) else request.path.rpartition("/")[0]
    query = {"outcome": key, "about": _signer().dumps(dict(about)) if about else ""}
    query |= {name: request.form.get(name, "") for name in KEPT}
    return redirect(f"{page}?{urlencode({name: value for name, value in query.items() if value})}", code=303)


def outcome(view: View, t: Translator, page: str) -> list[Component]:
    """What became of the form that was just sent from this page: `<page>.done.<outcome>`, or a refusal."""
    if view.outcome is None:
        return []
    if t.has(f"{page}.done.{view.outcome}"):
        return [html.P(t(f"{page}.done.{view.outcome}"), className="done", role="status")]
    try:
        blanks = _signer().loads(view.about) if view.about else {}
        text = t.filled(f"refusal.{view.outcome}", blanks)
        return [html.P(text, className="refusal", role="alert")]
    except (BadSignature, KeyError):
        return []  # an address that somebody made up


def _answer(trouble: Exception) -> AnyResponse:
    refusal, language = refusal_of(trouble), request_view().language
    if request.method == "POST" and request.form:
        return back(refusal.key, refusal.blanks(request.form.get("lang") or language))
    return Response(refusal.text(language), refusal.status, mimetype="text/plain")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="what became of a form")
