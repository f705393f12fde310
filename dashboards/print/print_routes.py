"""What is printed: a flash sheet as a page and as a PDF, the board pack; and the fonts in which Khmer is read."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import fontpkg_noto_sans_khmer
from flask import Blueprint, Response, render_template, request, send_file

from countries.country import current
from dashboards import theme
from dashboards.charts.radar_outline import radar_outline
from dashboards.print.area_sheet import area_sheets_pdf
from dashboards.print.board_pack import board_pack_pdf, board_pack_picture
from dashboards.print.flash_report import sheet_text
from dashboards.print.typesetting import pdf
from dashboards.queries.access import must_read
from dashboards.queries.flash_sheet import flash_sheet
from dashboards.server.view import request_view
from sala.translation.translator import Translator, translator

blueprint = Blueprint("prints", __name__, template_folder=".")

_KHMER = fontpkg_noto_sans_khmer.ROOT / "files" / "NotoSansKhmer[wdth,wght].ttf"
_A_MONTH = 30 * 24 * 3600


@blueprint.get("/flash/<code>/<week>/sheet")
@blueprint.get("/flash/<code>/<week>/<administrator>/sheet")
def sheet_page(code: str, week: str, administrator: str | None = None) -> str:
    """The sheet as one page of HTML. 404 for an area or week that is not there, 403 for another's area."""
    t = _translator()
    text = _sheet(code, week, administrator, t)
    return render_template(
        "sheet.html",
        sheet=text,
        radar=radar_outline(text["labels"], text["outlines"]),
        language=t.language,
        variables=theme.css_variables(),
        pdf=f"{request.path}.pdf?lang={t.language}",
    )


@blueprint.get("/flash/<code>/<week>/sheet.pdf")
@blueprint.get("/flash/<code>/<week>/<administrator>/sheet.pdf")
def sheet_pdf(code: str, week: str, administrator: str | None = None) -> Response:
    """The sheet as one A4 page."""
    t = _translator()
    text = _sheet(code, week, administrator, t)
    made = pdf("sheet.typ", {"title": text["title"], "language": t.language, "sheet": text})
    return _file(made, "-".join(part for part in ("sala-flash", code, administrator, week) if part))


@blueprint.get("/pack/<week>.pdf")
def pack(week: str) -> Response:
    """The board pack of a week: the national sheet, and a page for each of the board's questions."""
    t = _translator()
    must_read(current().root)
    made = board_pack_pdf(week, request.args.get("period"), t.language)
    return _file(made, f"sala-pack-{week}")


@blueprint.get("/pack/<week>.png")
def pack_picture(week: str) -> Response:
    """The board pack's five questions as one picture for a phone."""
    t = _translator()
    must_read(current().root)
    made = board_pack_picture(week, request.args.get("period"), t.language)
    return _file(made, f"sala-pack-{week}", "png", "image/png")


@blueprint.get("/area/<code>/page.pdf")
def area_page(code: str) -> Response:
    """An area on one page: what it sent, what became of it, areas alike, its index, open answers."""
    must_read(code)
    made = area_sheets_pdf([code], request.args.get("period"), _translator().language)
    return _file(made, f"sala-{code}")


@blueprint.get("/fonts/noto-sans-khmer.ttf")
def khmer_font() -> Response:
    """The typeface in which Khmer is read where the reader's machine has none."""
    return send_file(_KHMER, mimetype="font/ttf", max_age=_A_MONTH)


def _sheet(code: str, week: str, administrator: str | None, t: Translator) -> dict[str, Any]:
    must_read(code)
    return sheet_text(flash_sheet(code, week, administrator), current(), t, _today())


def _translator() -> Translator:
    return translator(request_view().language)


def _today() -> dt.date:
    return dt.datetime.now(ZoneInfo(current().timezone)).date()


def _file(made: bytes, name: str, ending: str = "pdf", media_type: str = "application/pdf") -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.{ending}"'}
    return Response(made, mimetype=media_type, headers=headers)
