"""The workbooks that officers take away: an empty template, and their file with every problem at its cell."""

from flask import Blueprint, Response, request

from countries.country import current
from dashboards.server.current_user import person
from dashboards.server.downloads import xlsx_attachment
from dashboards.server.view import request_view
from transforms.intake.downloads import annotated, filled_template

blueprint = Blueprint("submission_downloads", __name__)


@blueprint.get("/download/annotated/<receipt>.xlsx")
def get_annotated(receipt: str) -> Response:
    """The file with every problem at its cell."""
    workbook = annotated(person(), receipt, current(), request_view().language)
    return xlsx_attachment(workbook.content, workbook.filename)


@blueprint.get("/download/template.xlsx")
def get_template() -> Response:
    """The template of a `dataset` for an `area`."""
    dataset, area = request.args.get("dataset", ""), request.args.get("area", "").split(" ")[0]
    reader = person()
    reader.must("read", area)
    workbook = filled_template(reader, dataset, current(), area, language=request_view().language)
    return xlsx_attachment(workbook.content, workbook.filename)
