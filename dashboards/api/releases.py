"""Releases: what the board approved. Not built yet, and every call says so."""

from flask import Response

from dashboards.api.fields import Sent, Text
from dashboards.api.resource import problems, resource
from sala.errors import NotBuilt

blueprint = resource("releases")


class Path(Sent):
    """A release by its name, or a file of it."""

    name: Text


@blueprint.get("/releases", responses=problems(501))
def list_releases() -> Response:
    """Releases that the board has approved (501: not built yet)."""
    raise NotBuilt("no_releases_yet")


@blueprint.get("/releases/<path:name>", responses=problems(501))
def get_release(path: Path) -> Response:
    """One release, or a file of it (501: not built yet)."""
    raise NotBuilt("no_releases_yet")
