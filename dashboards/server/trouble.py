"""What is not there, not the reader's, or does not answer: once as a page, once as the answer to a download.

Forms go back to their page and the API has its problems; `refusal.<key>` in the catalogues words them all.
"""

import logging

from dash import dcc, html
from flask import Flask, Response
from sqlalchemy.exc import DBAPIError

from dashboards.server.current_user import account
from dashboards.server.page import Page
from dashboards.server.view import View, request_view
from sala import errors
from sala.translation.translator import Translator, translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed

TROUBLES = (errors.Refusal, NotAllowed, NoWarehouse, DBAPIError)
"""What an answer can end in without a fault of its own code."""

_log = logging.getLogger(__name__)


def refusal_of(trouble: Exception) -> errors.Refusal:
    """The refusal that one of TROUBLES is; what the database complains of is logged and means that it is away."""
    if isinstance(trouble, errors.Refusal):
        return trouble
    if isinstance(trouble, NotAllowed):
        return errors.NotAllowed("area_not_open", what=trouble.area_code)
    _log.error("the warehouse does not answer", exc_info=trouble)
    return errors.Unavailable("warehouse_away")


def refusal_text(refusal: errors.Refusal, t: Translator) -> str:
    """What happened, and how to mend it."""
    return t(f"refusal.{refusal.key}", None, **refusal.params)


def trouble_page(refusal: errors.Refusal, view: View, t: Translator) -> Page:
    """A refusal as a page that leads on."""
    titles = (f"trouble.{refusal.key}", f"trouble.{refusal.status}", "trouble.other")
    title = t(next(key for key in titles if t.has(key)))
    ways_out = [
        dcc.Link(t("trouble.home"), href=view.href("/", period=None, indicator=None), className="action")
    ]
    if refusal.status == errors.NotAllowed.status and account() is None:
        sign_in = view.href("/sign-in", next=view.path)
        ways_out.insert(0, dcc.Link(t("account.sign_in"), href=sign_in, className="action"))
    return Page(
        title=title,
        body=[
            html.H1(title, id="headline", tabIndex=-1),
            html.P(refusal_text(refusal, t), className="lede"),
            html.Div(ways_out, className="ways-out"),
        ],
        status=refusal.status,
    )


def _text_answer(trouble: Exception) -> Response:
    refusal = refusal_of(trouble)
    text = refusal_text(refusal, translator(request_view().language))
    return Response(text, refusal.status, mimetype="text/plain")


def install(server: Flask) -> None:
    """Answer whatever no blueprint has a handler of its own for, downloads above all, in the reader's words."""
    for kind in TROUBLES:
        server.register_error_handler(kind, _text_answer)
