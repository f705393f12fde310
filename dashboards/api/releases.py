"""Releases: what the board published, and for those who may, the way there. What is public never changes, so it has an
ETag and is asked for once."""

from typing import Any

from flask import Response, jsonify, request

from countries.country import current
from dashboards.api.release_models import (
    Done,
    Drafted,
    FigurePath,
    FigureQuery,
    FilePath,
    ListQuery,
    NewAnswer,
    NewDraft,
    NewSignature,
    NewWithdrawal,
    Path,
    ReleasedFigures,
    Releases,
    StandingFigure,
    WholeRelease,
)
from dashboards.api.resource import answers, media, resource
from dashboards.api.rows import json_value
from dashboards.queries import releases as known
from dashboards.server.current_user import acting, person
from transforms.release.acts import answer, approve, withdraw
from transforms.release.draft import draft
from transforms.release.folder import folder_files, release_file, zipped

blueprint = resource("releases")

_AT = "/releases/<release>"
_UNCHANGED: dict[str, Any] = {"description": "What was asked for before is still right"}


@blueprint.get("/releases", responses=answers({200: Releases, 304: _UNCHANGED}))
def list_releases(query: ListQuery) -> Response:
    """The releases, newest first; drafts among them for those who may preview."""
    return _tagged(jsonify(releases=json_value(known.releases(query.period))))


@blueprint.post("/releases", responses=answers({201: Drafted}, 404, 409, 415, 422))
def post_draft(body: NewDraft) -> tuple[Response, int]:
    """Draft a release of a period. A draft that was open is dropped."""
    return jsonify(release=draft(current(), body.period, person(), body.note, body.as_known_at)), 201


@blueprint.get(_AT, responses=answers({200: WholeRelease, 304: _UNCHANGED}, 404))
def get_release(path: Path) -> Response:
    """One release, what was done to it, and its files."""
    return _tagged(jsonify(json_value(known.release(path.release))))


@blueprint.get(f"{_AT}/figures", responses=answers({200: ReleasedFigures, 304: _UNCHANGED}, 404))
def get_figures(path: Path, query: FigureQuery) -> Response:
    """Its figures, or those of one table or area."""
    known.release(path.release)
    figures = known.figures(path.release, query.table, query.area_code)
    return _tagged(jsonify(figures=json_value(figures)))


@blueprint.get(f"{_AT}/figures/<table>/<key>", responses=answers({200: StandingFigure, 304: _UNCHANGED}, 404))
def get_figure(path: FigurePath) -> Response:
    """The permanent address of one figure: as of its release, and what stands now."""
    return _tagged(jsonify(json_value(known.figure(path.release, path.table, path.key))))


@blueprint.get(f"{_AT}/files/<filename>", responses=answers({200: media("*/*"), 304: _UNCHANGED}, 404, 410))
def get_file(path: FilePath) -> Response:
    """One of its files, byte by byte as it was signed; `folder.zip` is all, with the program that checks them."""
    with acting() as connection:
        if path.filename == "folder.zip":
            packed = zipped(path.release, folder_files(connection, path.release))
            return _tagged(Response(packed, mimetype="application/zip"))
        file = release_file(connection, path.release, path.filename)
    return _tagged(Response(file.content, mimetype=file.media_type))


@blueprint.post(f"{_AT}/answers", responses=answers({200: Done}, 404, 409, 415, 422))
def post_answer(path: Path, body: NewAnswer) -> Response:
    """Answer a point of the checklist that is not clear."""
    with acting() as connection:
        answer(connection, path.release, body.check, body.reason, person())
    return jsonify(state="answered")


@blueprint.post(f"{_AT}/signatures", responses=answers({200: Done}, 404, 409, 415, 422))
def post_release_signature(path: Path, body: NewSignature) -> Response:
    """Sign a draft: approved with the last signature that the quorum needs, and published thereafter."""
    with acting() as connection:
        done = approve(connection, path.release, body.seen, person())
    return jsonify(state=done)


@blueprint.post(f"{_AT}/withdrawal", responses=answers({200: Done}, 404, 409, 415, 422))
def post_withdrawal(path: Path, body: NewWithdrawal) -> Response:
    """Withdraw a release with a reason, or drop a draft."""
    with acting() as connection:
        done = withdraw(connection, path.release, body.reason, person(), body.conceal)
    return jsonify(state=done)


def _tagged(response: Response) -> Response:
    """With an ETag of its content; 304 where the caller has it."""
    response.add_etag()
    response.make_conditional(request)
    return response
