"""What the form of a meeting's point sends."""

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo

from flask import Blueprint
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.pages.board.meeting import MEETING
from dashboards.server.current_user import acting, person
from dashboards.server.forms import RefusedAs, back, read
from transforms.items.consultation import record_consultation

blueprint = Blueprint("meeting_forms", __name__)


class Point(BaseModel):
    """Who was heard, what is decided, who carries it out by which day."""

    point: Annotated[str, Field(max_length=500)] = ""
    heard: str | None = None
    decision: str | None = None
    holder: str | None = None
    due: Annotated[dt.date | None, RefusedAs("decision_without_holder")] = None


@blueprint.post(f"{MEETING}/record")
def post_point() -> Response:
    """Written down under today's date."""
    sent, country = read(Point), current()
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    with acting() as connection:
        made = record_consultation(
            connection,
            person(),
            country.root,
            today,
            sent.point,
            heard=sent.heard,
            decision=sent.decision,
            holder=sent.holder if sent.decision else None,
            due=sent.due if sent.decision else None,
        )
    return back("decided" if made is not None else "heard")
