"""What the forms of notices and grants send."""

import datetime as dt
from decimal import Decimal

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server.current_user import acting, person
from dashboards.server.forms import back
from sala.errors import Conflict, Invalid
from transforms.notices.acknowledgements import acknowledge, acknowledge_allocation
from transforms.notices.allocations import allocate, parse_amount
from transforms.notices.notices import Notice, publish

blueprint = Blueprint("notices_forms", __name__)


@blueprint.post("/notices/<code>/publish")
def post_notice(code: str) -> AnyResponse:
    """A notice, a guideline or the parameters of a scheme, to the area and all below it."""
    with acting() as connection:
        publish(connection, person(), _notice(code), current())
    return back("published")


@blueprint.post("/notices/<code>/acknowledge")
def post_acknowledgement(code: str) -> AnyResponse:
    """The area has read a notice, or has taken note of a grant."""
    form = request.form
    with acting() as connection:
        if form.get("notice", "").isdigit():
            done = acknowledge(connection, person(), int(form["notice"]), code)
        elif form.get("allocation", "").isdigit():
            done = acknowledge_allocation(connection, person(), int(form["allocation"]), code)
        else:
            done = False
    if not done:
        raise Conflict("nothing_to_acknowledge")
    return back("acknowledged")


@blueprint.post("/notices/<code>/allocate")
def post_allocation(code: str) -> AnyResponse:
    """Money for an area and a scheme: a file of one line, through the door."""
    form = request.form
    with acting() as connection:
        receipt = allocate(
            connection,
            person(),
            form.get("period", "").strip(),
            form.get("to") or code,
            form.get("scheme", ""),
            form.get("amount", ""),
            current(),
        )
    return back("unchanged" if receipt.known else "allocated")


def _notice(code: str) -> Notice:
    """The notice as the form has it. Raises Invalid for a day or an amount that is none."""
    form = request.form
    try:
        valid_from = dt.date.fromisoformat(form.get("valid_from", "").strip())
    except ValueError as wrong:
        raise Invalid("notice_valid_from") from wrong
    written = form.get("benefit", "").strip()
    benefit: Decimal | None = parse_amount(written) if written else None
    if written and benefit is None:
        raise Invalid("allocation_amount")
    renews = form.get("renews", "")
    return Notice(
        kind=form.get("kind", ""),
        area_code=code,
        titles={language: form.get(f"title_{language}", "") for language in current().languages},
        texts={language: form.get(f"text_{language}", "") for language in current().languages},
        valid_from=valid_from,
        scheme=form.get("scheme") or None,
        benefit=benefit,
        benefit_per=form.get("benefit_per") if benefit is not None else None,
        everybody=bool(form.get("everybody")),
        renews=int(renews) if renews.isdigit() else None,
    )
