"""Submissions: a file handed in or only judged, the list of them, and one of them with what came of it."""

from flask import Response, jsonify

from countries.country import current
from dashboards.api.language import LanguageQuery
from dashboards.api.resource import answers, media, resource
from dashboards.api.rows import PAGE_ROWS, rows
from dashboards.api.submission_models import (
    Changes,
    ListQuery,
    NewSubmission,
    NewSubmissionQuery,
    Path,
    Receipt,
    Submissions,
    SubmissionWithProblems,
    Verdict,
    Verdicts,
)
from dashboards.server.current_user import person
from dashboards.server.downloads import XLSX, xlsx_attachment
from sala.errors import NotFound, Refusal
from transforms.identity.filing import must_hand_in
from transforms.intake.check import check
from transforms.intake.downloads import annotated
from transforms.intake.submit import submit

blueprint = resource("submissions")


@blueprint.post("/submissions", responses=answers({202: Receipt, 200: Verdict}, 409, 413, 415))
def post_submission(query: NewSubmissionQuery, form: NewSubmission) -> tuple[Response, int]:
    """Hand in one file, or with dry_run=true have it judged only."""
    sender = person()
    dataset = form.dataset or query.dataset
    raw, filename = form.file.read(), str(form.file.filename)
    must_hand_in(sender, dataset)
    if not raw:
        raise Refusal("file_empty")
    if form.dry_run or query.dry_run:
        verdict = check(raw, current(), dataset, filename, sender)
        return jsonify(verdict.as_json()), 200
    taken = submit(
        raw,
        filename,
        by=sender,
        via="page" if form.via == "page" else "api",
        dataset=dataset,
        because=form.because,
        again=form.again or query.again,
    )
    url = f"/api/v1/submissions/{taken.receipt}"
    answer = jsonify(receipt=taken.receipt, known=taken.known, url=url)
    answer.headers["Location"] = url
    return answer, 202


@blueprint.get("/submissions", responses={200: Submissions})
def list_submissions(query: ListQuery) -> Response:
    """The latest submissions, newest first."""
    listed = rows(
        "SELECT * FROM mart.submission WHERE (CAST(:state AS text) IS NULL OR state = :state)"
        " AND (CAST(:before AS timestamptz) IS NULL OR received_at < :before)"
        " ORDER BY received_at DESC LIMIT :most",
        state=query.state,
        before=query.before,
        most=PAGE_ROWS,
    )
    return jsonify(submissions=listed)


@blueprint.get("/submissions/<receipt>", responses=answers({200: SubmissionWithProblems}, 404))
def get_submission(path: Path) -> Response:
    """One submission, its last verdict and the first of its problems."""
    receipt = path.receipt.upper()
    submissions = rows("SELECT * FROM mart.submission WHERE receipt = :receipt", receipt=receipt)
    if not submissions:
        raise NotFound("unknown_receipt", what=path.receipt)
    recorded = rows(
        "SELECT row_number, column_name, value, rule, severity, message, confirmed_by, confirmed_at, comment"
        " FROM mart.problem WHERE receipt = :receipt ORDER BY row_number NULLS FIRST LIMIT :most",
        receipt=receipt,
        most=PAGE_ROWS,
    )
    return jsonify(submissions[0] | {"problems": recorded})


@blueprint.get("/submissions/<receipt>/verdicts", responses={200: Verdicts})
def get_verdicts(path: Path) -> Response:
    """Every verdict on a submission, the last one last."""
    verdicts = rows(
        "SELECT * FROM mart.verdict WHERE receipt = :receipt ORDER BY number", receipt=path.receipt.upper()
    )
    return jsonify(verdicts=verdicts)


@blueprint.get("/submissions/<receipt>/changes", responses={200: Changes})
def get_changes(path: Path) -> Response:
    """What a submission or its withdrawal moved, at its areas and at every area above."""
    changes = rows(
        "SELECT * FROM mart.change WHERE receipt = :receipt ORDER BY at, period, scheme, own DESC, area_code, kind",
        receipt=path.receipt.upper(),
    )
    return jsonify(changes=changes)


@blueprint.get("/submissions/<receipt>/annotated", responses=answers({200: media(XLSX)}, 404, 410))
def get_annotated(path: Path, query: LanguageQuery) -> Response:
    """The file back as XLSX with every problem at its cell; columns that name persons are left empty."""
    workbook = annotated(person(), path.receipt, current(), query.chosen)
    return xlsx_attachment(workbook.content, workbook.filename)
