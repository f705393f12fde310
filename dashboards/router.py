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
from dashboards.pages import (
    account,
    area,
    calendar,
    contracts,
    data,
    flash_entry,
    grievances,
    inbox,
    items,
    notices,
    review,
    reviews,
    submissions,
)
from dashboards.pages.trouble import trouble
from dashboards.queries.area import must_read
from dashboards.queries.unknown import UnknownArea, UnknownPeriod, UnknownReceipt
from dashboards.signed_in import account as signed_in_account
from dashboards.view import View, parse
from dashboards.words import Words, words
from sql.warehouse import NoWarehouse
from transforms.people.person import NotAllowed

LANGUAGE_COOKIE = "sala_language"
_log = logging.getLogger(__name__)

ROUTES = Map(
    [
        Rule("/", endpoint="nation"),
        Rule("/area/<code>", endpoint="area"),
        Rule("/data", endpoint="data"),
        Rule("/submissions", endpoint="submissions"),
        Rule("/contracts", endpoint="contracts"),
        Rule("/reviews", endpoint="reviews"),
        Rule("/review/<code>/<dataset>", endpoint="review"),
        Rule("/flash", endpoint="flash"),
        Rule("/flash/<code>", endpoint="flash"),
        Rule("/flash/<code>/<week>", endpoint="flash"),
        Rule("/flash/<code>/<week>/<administrator>", endpoint="flash"),
        Rule("/items", endpoint="items"),
        Rule("/items/<code>", endpoint="items"),
        Rule("/grievances", endpoint="grievances"),
        Rule("/grievances/<code>", endpoint="grievances"),
        Rule("/notices", endpoint="notices"),
        Rule("/notices/<code>", endpoint="notices"),
        Rule("/calendar", endpoint="calendar"),
        Rule("/calendar/<code>", endpoint="calendar"),
        Rule("/inbox", endpoint="inbox"),
        Rule("/sign-in", endpoint="sign_in"),
        Rule("/password", endpoint="password"),
    ],
    strict_slashes=False,
)
_PAGES: dict[str, Callable[[Mapping[str, Any], View, Country, Words], Page]] = {
    "nation": lambda _, view, country, spoken: area.page(None, view, country, spoken),
    "area": lambda at, view, country, spoken: area.page(at["code"], view, country, spoken),
    "contracts": lambda _, view, country, spoken: contracts.page(view, country, spoken),
    "data": lambda _, view, country, spoken: data.page(view, country, spoken),
    "flash": lambda at, view, country, spoken: flash_entry.page(
        at.get("code"), at.get("week"), at.get("administrator"), view, country, spoken
    ),
    "items": lambda at, view, country, spoken: items.page(at.get("code"), view, country, spoken),
    "grievances": lambda at, view, country, spoken: grievances.page(at.get("code"), view, country, spoken),
    "notices": lambda at, view, country, spoken: notices.page(at.get("code"), view, country, spoken),
    "calendar": lambda at, view, country, spoken: calendar.page(at.get("code"), view, country, spoken),
    "inbox": lambda _, view, country, spoken: inbox.page(view, country, spoken),
    "reviews": lambda _, view, country, spoken: reviews.page(view, country, spoken),
    "review": lambda at, view, country, spoken: review.page(at["code"], at["dataset"], view, country, spoken),
    "submissions": lambda _, view, country, spoken: submissions.page(view, country, spoken),
    "sign_in": lambda _, view, country, spoken: account.sign_in_page(view, country, spoken),
    "password": lambda _, view, country, spoken: account.password_page(view, spoken),
}


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
        _, values = ROUTES.bind("").match(path)
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
    country, spoken = current(), words(view.language)
    try:
        endpoint, values = ROUTES.bind("").match(view.path)
        signed_in = signed_in_account()
        if signed_in is not None and signed_in.must_change:
            endpoint = "password"  # until it is changed there is nothing else
        return _PAGES[endpoint](values, view, country, spoken)
    except NotFound:
        return trouble("address", view.path, view, spoken, 404)
    except UnknownArea as unknown:
        return trouble("area", str(unknown), view, spoken, 404)
    except NotAllowed as refused:
        return trouble("forbidden", refused.area_code, view, spoken, 403)
    except UnknownPeriod as unknown:
        return trouble("period", str(unknown), view, spoken, 404)
    except UnknownReceipt as unknown:
        return trouble("receipt", str(unknown), view, spoken, 404)
    except (NoWarehouse, DBAPIError):
        _log.exception("the warehouse does not answer")
        return trouble("warehouse", "", view, spoken, 503)
