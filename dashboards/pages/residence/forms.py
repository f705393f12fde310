"""What the form of a residence sends."""

from flask import Blueprint
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from dashboards.server.current_user import acting, person
from dashboards.server.forms import back, read
from transforms.review.residence import Residence, decide

blueprint = Blueprint("residence_forms", __name__)


class NewResidence(BaseModel):
    """Two areas, the one in which they live first, and why."""

    of: str = ""
    area: str = ""
    other: str = ""
    because: str = ""


@blueprint.post("/residence/decide")
def post_residence() -> AnyResponse:
    """Decide where persons live whom lists of two areas name."""
    form = read(NewResidence)
    with acting() as connection:
        decide(connection, Residence(form.of, form.area.strip(), form.other.strip(), form.because), person())
    return back("residence_decided")
