"""Selections kept under a name: a list of them, each with a button that forgets it, and a form for one more."""

from urllib.parse import parse_qsl, urlencode

from dash import dcc, html
from dash.development.base_component import Component
from flask import Blueprint, redirect, request
from pydantic import BaseModel
from sqlalchemy import text
from werkzeug.wrappers import Response

from dashboards.components.form import form, line
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting, person
from dashboards.server.forms import back, read
from dashboards.server.view import View
from sala.errors import Invalid, NotAllowed
from sala.translation.translator import Translator

blueprint = Blueprint("saved_views", __name__)

SAVE, FORGET = "/explore/save", "/explore/forget"
LONGEST_NAME, LONGEST_SELECTION, MOST = 100, 4_000, 200
_PASSING = ("lang", "page", "outcome", "about")
_KEEP = """
INSERT INTO core.saved_view (person_id, name, selection) VALUES (:person_id, :name, :selection)
ON CONFLICT (person_id, name) DO UPDATE SET selection = excluded.selection, saved_at = clock_timestamp()
"""


class NewView(BaseModel):
    """A name, and what stands in the address after the question mark."""

    name: str = ""
    selection: str = ""


class Forgotten(BaseModel):
    """The name of a saved view."""

    name: str = ""


def saved_views(view: View, t: Translator) -> Component:
    """What the reader has saved; a visitor is told that it takes an account."""
    selection = urlencode([pair for pair in view.query if pair[0] not in _PASSING])
    parts: list[Component] = [html.H2(t("explore.saved"))]
    if person().person_id is None:
        return html.Section([*parts, html.P(t("explore.saved_visitor"), className="note")], className="card")
    with acting() as connection:
        kept = rows(connection, "SELECT name, selection FROM mart.saved_view ORDER BY name")
    parts.append(
        html.Ul([_one(row["name"], row["selection"], view, t) for row in kept], className="saved-views")
        if kept
        else html.P(t("explore.saved_none"), className="note")
    )
    parts.append(
        form(
            SAVE,
            [line("name", t("explore.save_as"), of="save")],
            t("explore.save"),
            view,
            {"selection": selection},
        )
    )
    return html.Section(parts, className="card")


def _one(name: str, selection: str, view: View, t: Translator) -> Component:
    language = [("lang", view.language)] if view.chosen_language else []
    address = f"/explore?{urlencode([*parse_qsl(selection), *language])}"
    return html.Li(
        [dcc.Link(name, href=address), form(FORGET, [], t("explore.forget"), view, {"name": name})]
    )


@blueprint.post(SAVE)
def post_view() -> Response:
    """Keep a selection; another one of the same name gives way. A redirect back to the page."""
    sent, reader = read(NewView), person()
    name = sent.name.strip()
    if reader.person_id is None:
        raise NotAllowed("saved_view_visitor")
    if (
        not name
        or len(name) > LONGEST_NAME
        or not name.isprintable()
        or len(sent.selection) > LONGEST_SELECTION
    ):
        raise Invalid("saved_view_name", most=LONGEST_NAME)
    with acting() as connection:
        kept = {row["name"] for row in rows(connection, "SELECT name FROM mart.saved_view")}
        if name not in kept and len(kept) >= MOST:
            raise Invalid("saved_view_too_many", most=MOST)
        connection.execute(
            text(_KEEP), {"person_id": reader.person_id, "name": name, "selection": sent.selection}
        )
    language = [("lang", request.form["lang"])] if request.form.get("lang") else []
    return redirect(
        f"/explore?{urlencode([*parse_qsl(sent.selection), *language, ('outcome', 'saved')])}", 303
    )


@blueprint.post(FORGET)
def post_forgotten() -> Response:
    """Forget a saved view; a redirect back to the page."""
    if (reader := person()).person_id is None:
        raise NotAllowed("saved_view_visitor")
    with acting() as connection:
        connection.execute(
            text("DELETE FROM core.saved_view WHERE person_id = :person_id AND name = :name"),
            {"person_id": reader.person_id, "name": read(Forgotten).name},
        )
    return back("forgotten")
