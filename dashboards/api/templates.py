"""Templates: the workbook of a dataset to fill in, or its header as CSV."""

from typing import Literal

from flask import Response
from pydantic import Field

from countries.country import current
from dashboards.api.contracts import Path
from dashboards.api.fields import OptionalPeriod, OptionalText
from dashboards.api.language import LanguageQuery
from dashboards.api.resource import answers, media, resource
from dashboards.api.rows import must_read
from dashboards.server.current_user import person
from dashboards.server.downloads import XLSX, xlsx_attachment
from sala.errors import Refusal
from transforms.intake.downloads import filled_template
from validators.contracts.contract import contract
from validators.outputs.template import csv_template

blueprint = resource("templates")


class Query(LanguageQuery):
    """For whom."""

    area: OptionalText = Field(default=None, description="Its code; with format=csv none is needed.")
    period: OptionalPeriod = Field(default=None, description="Left out: the one that is due now.")
    format: Literal["xlsx", "csv"] = "xlsx"


@blueprint.get("/templates/<dataset>", responses=answers({200: media(XLSX, "text/csv")}, 404))
def get_template(path: Path, query: Query) -> Response:
    """The template of a dataset for an area, with what the area last reported; with format=csv its header."""
    dataset = contract(path.dataset).dataset
    if query.format == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{dataset}.csv"'}
        return Response(csv_template(dataset, current()), mimetype="text/csv", headers=headers)
    if not query.area:
        raise Refusal("area_missing")
    must_read(query.area)
    workbook = filled_template(person(), dataset, current(), query.area, query.period or "", query.chosen)
    return xlsx_attachment(workbook.content, workbook.filename)
