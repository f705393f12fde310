"""From an address to a page: one table of routes, one place where languages and troubles are dealt with."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, RequestRedirect, Rule

from countries.country import current
from countries.model import Country
from dashboards.frame.shell import Page
from dashboards.pages import area, data, submissions
from dashboards.pages.trouble import trouble
from dashboards.queries.unknown import UnknownArea, UnknownPeriod, UnknownReceipt
from dashboards.view import View, parse
from dashboards.words import Words, words
from sql.warehouse import NoWarehouse

LANGUAGE_COOKIE = "sala_language"
_log = logging.getLogger(__name__)

ROUTES = Map(
    [
        Rule("/", endpoint="nation"),
        Rule("/area/<code>", endpoint="area"),
        Rule("/data", endpoint="data"),
        Rule("/submissions", endpoint="submissions"),
    ],
    strict_slashes=False,
)
_PAGES: dict[str, Callable[[Mapping[str, Any], View, Country, Words], Page]] = {
    "nation": lambda _, view, country, spoken: area.page(None, view, country, spoken),
    "area": lambda at, view, country, spoken: area.page(at["code"], view, country, spoken),
    "data": lambda _, view, country, spoken: data.page(view, country, spoken),
    "submissions": lambda _, view, country, spoken: submissions.page(view, country, spoken),
}


def view_of(path: str, search: str | None) -> View:
    """What the address asks for, in the language of the address, the last visit, the browser, the country."""
    country = current()
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    heard = request.accept_languages.best_match(country.languages, default=country.languages[0])
    preferred = kept if kept in country.languages else str(heard)
    return parse(path, search, tuple(country.languages), preferred)


def is_known(path: str) -> bool:
    """Whether any page has such an address."""
    try:
        ROUTES.bind("").match(path)
    except NotFound:
        return False
    except RequestRedirect:
        return True
    return True


def page_of(view: View) -> Page:
    """The page for a view; trouble is a page too, and is logged when it is ours."""
    country, spoken = current(), words(view.language)
    try:
        endpoint, values = ROUTES.bind("").match(view.path)
        return _PAGES[endpoint](values, view, country, spoken)
    except NotFound:
        return trouble("address", view.path, view, spoken, 404)
    except UnknownArea as unknown:
        return trouble("area", str(unknown), view, spoken, 404)
    except UnknownPeriod as unknown:
        return trouble("period", str(unknown), view, spoken, 404)
    except UnknownReceipt as unknown:
        return trouble("receipt", str(unknown), view, spoken, 404)
    except (NoWarehouse, DBAPIError):
        _log.exception("the warehouse does not answer")
        return trouble("warehouse", "", view, spoken, 503)
