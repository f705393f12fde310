"""What a form sends, read by its model, and what its sender gets back: the page of the form, with what became of it.
Downloads answer in plain text.

In the address `outcome` is a key, and `about` what fills the blanks of its text. `about` is signed, so that nobody can
send a link to a page of ours with words of their own in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_origin
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component
from flask import Flask, Response, current_app, redirect, request
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import BaseModel, Field, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from dashboards.server import registry
from dashboards.server.kept_text import can_be_kept
from dashboards.server.trouble import TROUBLES, refusal_of
from dashboards.server.view import View, request_view
from dashboards.server.with_code import with_code
from sala.errors import Invalid
from sala.translation.translator import Translator

KEPT = ("period", "lang", "next")  # what a form carries for the page that it returns to

_Model = TypeVar("_Model", bound=BaseModel)

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The number of something in the warehouse."""


@dataclass(frozen=True)
class RefusedAs:
    """Beside the type of a model's field: the key of the refusal of a value that is not of this type."""

    key: str


def read(model: type[_Model]) -> _Model:
    """The form that this request sends as its model; a field left blank counts as not sent.

    Raises Invalid: the refusal that the first wrong field names by RefusedAs, or else pydantic's words.
    """
    sent: dict[str, Any] = {name: value for name, value in request.form.items() if value.strip()}
    if not can_be_kept(request.form.to_dict(flat=False)):
        raise Invalid("text_not_kept")
    lists = [name for name, field in model.model_fields.items() if get_origin(field.annotation) is list]
    try:
        return model.model_validate(sent | {name: request.form.getlist(name) for name in lists})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        for refused in model.model_fields[name].metadata:
            if isinstance(refused, RefusedAs):
                raise Invalid(refused.key) from error
        raise Invalid("request_invalid", fields=f"{name}: {first['msg']}") from error


def install(server: Flask) -> None:
    """Answer every trouble that no blueprint has a handler of its own for."""
    for kind in TROUBLES:
        server.register_error_handler(kind, _answer)


def back(key: str, about: Mapping[str, str] | None = None) -> AnyResponse:
    """To the page of the form that was sent: the address above its own, unless that is a page itself."""
    rule = request.url_rule.rule if request.url_rule else request.path
    page = request.path if registry.is_page(rule) else request.path.rpartition("/")[0]
    query = {"outcome": key, "about": _signer().dumps(dict(about)) if about else ""}
    query |= {name: request.form.get(name, "") for name in KEPT}
    return redirect(
        f"{quote(page)}?{urlencode({name: value for name, value in query.items() if value})}", code=303
    )


def outcome(view: View, t: Translator, page: str) -> list[Component]:
    """What became of the form that was just sent from this page: `<page>.done.<outcome>`, or a refusal."""
    if view.outcome is None:
        return []
    if t.has(f"{page}.done.{view.outcome}"):
        return [html.P(t(f"{page}.done.{view.outcome}"), className="done", role="status")]
    try:
        blanks = _signer().loads(view.about) if view.about else {}
        text = t.filled(f"refusal.{view.outcome}", blanks)
        return [html.P(with_code(text), className="refusal", role="alert")]
    except (BadSignature, KeyError):
        return []  # an address that somebody made up


def _answer(trouble: Exception) -> AnyResponse:
    refusal, language = refusal_of(trouble), request_view().language
    if request.method == "POST" and request.form:
        return back(refusal.key, refusal.blanks(request.form.get("lang") or language))
    return Response(refusal.text(language), refusal.status, mimetype="text/plain")


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="what became of a form")
