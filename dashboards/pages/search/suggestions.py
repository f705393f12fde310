"""What the search field suggests while one types."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from dashboards.pages.search.page import place_of
from dashboards.pages.search.queries import search_areas
from dashboards.server.kept_text import can_be_kept
from dashboards.server.view import request_view
from sala.translation.translator import translator

blueprint = Blueprint("search", __name__)
_MOST = 8


@blueprint.get("/search/areas")
def suggest_areas() -> Response:
    """A list of {title, place, href}; empty where nothing is found."""
    view = request_view()
    t = translator(view.language)
    words = request.args.get("words", "")[:80]
    areas = search_areas(words, _MOST) if can_be_kept(words) else []
    return jsonify(
        [
            {
                "title": t.name(area.names, area.area_code),
                "place": place_of(area, t),
                "href": view.area_href(area.area_code),
            }
            for area in areas
        ]
    )
