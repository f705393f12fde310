"""What the forms of notices and grants send."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from flask import Blueprint
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server.current_user import acting, person
from dashboards.server.forms import Number, RefusedAs, back, read
from sala.errors import Conflict
from transforms.notices.acknowledgements import acknowledge, acknowledge_allocation
from transforms.notices.allocations import allocate
from transforms.notices.notices import Notice, publish

blueprint = Blueprint("notices_forms", __name__)

_BETWEEN_THOUSANDS = str.maketrans("", "", " ,\u00a0\u202f")

Amount = Annotated[
    Decimal, BeforeValidator(lambda text: text.translate(_BETWEEN_THOUSANDS)), Field(gt=0, lt=10**16)
]
"""An amount above nothing, with spaces and commas between thousands."""

Day = Annotated[dt.date, BeforeValidator(lambda text: dt.date.fromisoformat(text.strip()))]


class NewNotice(BaseModel):
    """A notice, a guideline or the parameters of a scheme: beside these, `title_…` and `text_…` of each language."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]

    kind: str = ""
    valid_from: Annotated[Day, RefusedAs("notice_valid_from")]
    scheme: str | None = None
    benefit: Annotated[Amount | None, RefusedAs("allocation_amount")] = None
    benefit_per: str | None = None
    everybody: bool = False
    renews: Number | None = None

    def by_language(self, name: str) -> dict[str, str]:
        """What was written in `name`_…, by language."""
        return {
            language: self.__pydantic_extra__.get(f"{name}_{language}", "")
            for language in current().languages
        }


class Acknowledgement(BaseModel):
    """Of a version of a notice, or of a grant."""

    notice: Number | None = None
    allocation: Number | None = None


class NewAllocation(BaseModel):
    """Money for a scheme of an area, the page's own where none is chosen."""

    period: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    to: str | None = None
    scheme: str = ""
    amount: Annotated[Amount, RefusedAs("allocation_amount")]


@blueprint.post("/notices/<code>/publish")
def post_notice(code: str) -> AnyResponse:
    """Publish to the area and all below it."""
    form = read(NewNotice)
    declared = form.model_dump(include=set(NewNotice.model_fields))
    titles, texts = form.by_language("title"), form.by_language("text")
    with acting() as connection:
        publish(
            connection, person(), Notice(area_code=code, titles=titles, texts=texts, **declared), current()
        )
    return back("published")


@blueprint.post("/notices/<code>/acknowledge")
def post_acknowledgement(code: str) -> AnyResponse:
    """The area has read a notice, or has taken note of a grant."""
    form, done = read(Acknowledgement), False
    with acting() as connection:
        if form.notice:
            done = acknowledge(connection, person(), form.notice, code)
        elif form.allocation:
            done = acknowledge_allocation(connection, person(), form.allocation, code)
    if not done:
        raise Conflict("nothing_to_acknowledge")
    return back("acknowledged")


@blueprint.post("/notices/<code>/allocate")
def post_allocation(code: str) -> AnyResponse:
    """Grant money: a file of one line, submitted like everybody's."""
    form = read(NewAllocation)
    with acting() as connection:
        receipt = allocate(
            connection, person(), form.period, form.to or code, form.scheme, form.amount, current()
        )
    return back("unchanged" if receipt.known else "allocated")
