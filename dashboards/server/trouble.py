"""What is not there, not the reader's, or does not answer, as a page that leads on."""

import logging

from dash import dcc, html
from flask import has_request_context, request
from sqlalchemy.exc import DBAPIError

from dashboards.server.current_user import account, person
from dashboards.server.page import Page
from dashboards.server.view import View
from dashboards.server.with_code import with_code
from sala import errors
from sala.trace import discreet
from sala.translation.translator import Translator
from sql import warehouse
from sql.warehouse import NoWarehouse
from transforms.identity.audit import record_refusal

TROUBLES = (errors.Refusal, DBAPIError)
"""What an answer can end in without a fault of its own code."""

_log = discreet(logging.getLogger(__name__))


def refusal_of(trouble: Exception) -> errors.Refusal:
    """The refusal that one of TROUBLES is; what the database complains of is logged, and to people outside
    it is away: neither its address nor the reason is theirs. A permission refused is written into the audit log."""
    if isinstance(trouble, errors.Refusal) and not isinstance(trouble, NoWarehouse):
        if has_request_context():
            asker = account() or person()
            request_line = f"{request.method} {request.path}"
            record_refusal(warehouse.acting(asker.person_id), asker, trouble, request_line)
        return trouble
    _log.error("the warehouse does not answer", exc_info=trouble)
    return errors.Unavailable("warehouse_away")


def trouble_page(refusal: errors.Refusal, view: View, t: Translator) -> Page:
    """A refusal as a page that leads on."""
    titles = (f"trouble.{refusal.key}", f"trouble.{refusal.status}", "trouble.other")
    title = t(next(key for key in titles if t.has(key)))
    ways_out = [
        dcc.Link(
            t("trouble.home"), href=view.href("/figures", period=None, indicator=None), className="action"
        )
    ]
    if refusal.status == errors.NotAllowed.status and account() is None:
        sign_in = view.href("/sign-in", next=view.path)
        ways_out.insert(0, dcc.Link(t("account.sign_in"), href=sign_in, className="action"))
    return Page(
        title=title,
        body=[
            html.H1(title, id="headline", tabIndex=-1),
            html.P(with_code(refusal.text(t.language)), className="lede"),
            html.Div(ways_out, className="ways-out"),
        ],
        status=refusal.status,
    )
