"""A printed sheet is one A4 page whatever stands on it, and says what it leaves out."""

import datetime as dt
import re
import zlib

import pytest

from countries.country import CAMBODIA, load
from dashboards.charts.radar_outline import radar_outline
from dashboards.models.area import Area
from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import CompiledAxes, FlashSheet, Reporter, SheetLine
from dashboards.models.reference import Layer
from dashboards.print.flash_report import sheet_text
from dashboards.print.typesetting import pdf, pictures
from sala.translation.translator import translator
from transforms.flash.flash_report import KINDS

TODAY = dt.date(2026, 11, 21)
TEXTS = (
    "Registration forms have run out in two villages; the district prints new ones.",
    "មនុស្សវ័យចាស់មួយចំនួនមិនទាន់មានអត្តសញ្ញាណប័ណ្ណ ដូច្នេះមិនអាចទទួលប្រាក់បាន។",
)


def axes(*advanced: float) -> dict[str, float | None]:
    return dict(zip(AXES, advanced, strict=True))


def line(kind: str, text: str, number: int) -> SheetLine:
    due = TODAY + dt.timedelta(days=number % 14 - 2) if kind in ("risk", "decision") else None
    names = {"km": "បាត់ដំបង", "en": "Battambang"}
    return SheetLine(number, "02", names, kind, text, None, due, "own", (), None, True, None)


def a_sheet(lines: int, times: int = 1) -> FlashSheet:
    """A province's sheet with so many lines in each list, each text repeated so many times."""
    country = load(CAMBODIA)
    return FlashSheet(
        area=Area("02", "province", 1, {"km": "បាត់ដំបង", "en": "Battambang"}, "KH"),
        above=(),
        week="2026-W47",
        starts_on=dt.date(2026, 11, 16),
        ends_on=dt.date(2026, 11, 22),
        layers=tuple(
            Layer(layer.id, depth, dict(layer.names), dict(layer.plurals))
            for depth, layer in enumerate(country.layers)
        ),
        administrator=None,
        administrators={},
        own=axes(72, 50, 44, 61, 70),
        own_before=axes(70, 47, 44, 58, 66),
        compiled=CompiledAxes(
            axes(66, 41, 40, 57, 61), axes(20, 10, 5, 30, 30), axes(90, 90, 80, 88, 95), ("0201",), 12, 14
        ),
        compiled_before=None,
        lines=tuple(line(kind, TEXTS[n % 2] * times, n) for kind in KINDS for n in range(lines)),
        planned=(),
        children=(Reporter("0201", {"km": "បាណន់", "en": "Banan"}, None, False),),
        administrator_reports=(),
        administrators_mean=axes(60, 45, 30, 70, 50),
        below=(),
    )


def printed(lines: int, language: str, times: int = 1) -> dict[str, object]:
    text = sheet_text(a_sheet(lines, times), load(CAMBODIA), translator(language), TODAY)
    return {"title": text["title"], "language": language, "sheet": text}


def opened(made: bytes) -> bytes:
    """Everything in a PDF that can be read, its packed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    unpacked = []
    for part in parts:
        try:
            unpacked.append(zlib.decompress(part))
        except zlib.error:
            continue  # not packed this way: a font's or a picture's own bytes
    return b"\n".join([made, *unpacked])


@pytest.mark.parametrize("language", ["km", "en", "fr"])
@pytest.mark.parametrize(("lines", "times"), [(0, 1), (3, 1), (40, 1), (5, 25)])
def test_a_sheet_is_one_page(language: str, lines: int, times: int) -> None:
    data = printed(lines, language, times)
    content = opened(pdf("sheet.typ", data))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert b"NotoSansKhmer" in content or language != "km"
    assert len(pictures("sheet.typ", data, 20)) == 1


def test_khmer_stands_in_the_pdf_as_text_and_not_as_boxes() -> None:
    content = opened(pdf("sheet.typ", printed(2, "km")))
    mapped = {int(code_point, 16) for code_point in re.findall(rb"<(17[89ABCDEFabcdef][0-9A-Fa-f])", content)}
    assert {ord(letter) for letter in "បតដង"} <= mapped  # letters of បាត់ដំបង can be searched for and copied


def test_what_does_not_fit_is_counted() -> None:
    """The picture with 40 lines a list is not that of the 14 that fit: a line below says how many more there are."""
    full, less = (pictures("sheet.typ", printed(lines, "en"), 60)[0] for lines in (40, 12))
    assert full != less
    section = printed(40, "en")["sheet"]["sections"][0]  # type: ignore[index]
    assert section["more"][25] == "and 26 more"


def test_the_radar_of_the_web_page_points_up_first_and_keeps_percentages() -> None:
    drawn = radar_outline(
        [{"name": axis, "value": ""} for axis in AXES],
        [{"axes": [100, 0, 50, None, 25], "colour": "#000", "dash": "solid"}],
    )
    assert drawn["outlines"][0]["points"].split(" ")[:2] == ["0.0,-100.0", "0.0,-0.0"]
    assert len(drawn["outlines"][0]["points"].split(" ")) == 4
