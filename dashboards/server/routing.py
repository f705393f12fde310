"""From an address to a page: one place where languages and troubles are dealt with."""

import logging

from flask import request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from countries.country import current
from dashboards.queries.access import must_read
from dashboards.queries.not_found import UnknownArea, UnknownPeriod, UnknownReceipt
from dashboards.server.current_user import account
from dashboards.server.page import Page
from dashboards.server.registry import makers, routes
from dashboards.server.trouble import trouble
from dashboards.server.view import View, parse
from sala.translation.translator import translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed

LANGUAGE_COOKIE = "sala_language"
CHANGE_PASSWORD = "/password"
_log = logging.getLogger(__name__)


def view_of(path: str, search: str | None) -> View:
    """What the address asks for, in the language of the address, the last visit, the browser, the country."""
    country = current()
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    heard = request.accept_languages.best_match(country.languages, default=country.languages[0])
    preferred = kept if kept in country.languages else str(heard)
    return parse(path, search, tuple(country.languages), preferred)


def status_of(path: str) -> int:
    """The HTTP status of an address: 404 for no such page or area, 403 for an area that is not the reader's."""
    try:
        _, values = routes.bind("").match(path)
    except NotFound:
        return 404
    except RequestRedirect:
        return 200
    try:
        if "code" in values:
            must_read(values["code"])
    except UnknownArea:
        return 404
    except NotAllowed:
        return 403
    except (NoWarehouse, DBAPIError):
        return 503
    return 200


def page_of(view: View) -> Page:
    """The page for a view; trouble is a page too, and is logged when it is ours."""
    country, t = current(), translator(view.language)
    signed_in = account()
    # until a password that must be changed is changed there is nothing else
    path = CHANGE_PASSWORD if signed_in is not None and signed_in.must_change else view.path
    try:
        endpoint, values = routes.bind("").match(path)
        return makers[endpoint](view, country, t, **values)
    except NotFound:
        return trouble("address", view.path, view, t, 404)
    except UnknownArea as unknown:
        return trouble("area", str(unknown), view, t, 404)
    except NotAllowed as refused:
        return trouble("forbidden", refused.area_code, view, t, 403)
    except UnknownPeriod as unknown:
        return trouble("period", str(unknown), view, t, 404)
    except UnknownReceipt as unknown:
        return trouble("receipt", str(unknown), view, t, 404)
    except (NoWarehouse, DBAPIError):
        _log.exception("the warehouse does not answer")
        return trouble("warehouse", "", view, t, 503)
