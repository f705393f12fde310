"""Whether the server and its warehouse answer, for whatever watches over them."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sql import warehouse

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 while the warehouse answers, 503 while it does not."""
    try:
        with warehouse.acting(None) as connection:
            connection.execute(text("SELECT 1"))
    except (warehouse.NoWarehouse, DBAPIError):
        return jsonify(status="waiting", warehouse="does not answer"), 503
    return jsonify(status="ok"), 200
