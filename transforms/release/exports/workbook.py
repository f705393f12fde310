"""A release as a workbook for people: its tables with names beside the codes, notes, footnotes and definitions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import xlsxwriter

from sala.translation.translator import translator
from transforms.release.exports.ilo import ssi
from transforms.release.exports.release_files import ReleaseFiles
from transforms.release.files import FIGURE

SECTIONS = {"area": "areas", "age_group": "age_groups", "scheme": "schemes", "indicator": "indicators"}
"""Column → the section of the definitions that names its codes."""
SHEET_NAME = 31


def workbook(release: ReleaseFiles, language: str = "en") -> bytes:
    """The bytes of an XLSX file: notes first, one sheet a public table, footnotes, definitions, and the ILO's table."""
    t = translator(language)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    bold = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})

    def sheet(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
        page = book.add_worksheet(name[:SHEET_NAME])
        page.write_row(0, 0, list(header), bold)
        page.freeze_panes(1, 0)
        page.set_column(0, 12, 18)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)

    sheet(t("export.sheet.notes"), (t("export.item"), t("export.text")), _notes(release, language))
    meanings = release.definitions.get("columns", {})
    for table in release.definitions["public_tables"]:
        frame = _named(release, table, language)
        header = [meanings.get(column, {}).get(language, column) for column in frame]
        sheet(table["id"], header, frame.itertuples(index=False, name=None))
    words = [release.definitions.get(section, {}) for section in ("statuses", "footnotes")]
    footnotes = [(code, said.get(language, "")) for section in words for code, said in section.items()]
    sheet(t("export.sheet.footnotes"), (t("export.item"), t("export.text")), footnotes)
    sheet(
        t("export.sheet.definitions"), (t("export.item"), t("export.text")), _definitions(release, language)
    )
    inquiry = ssi(release, language)
    sheet(
        "ILO SSI", [t(f"export.ssi.column.{column}") for column in inquiry], inquiry.itertuples(index=False)
    )
    book.close()
    return content.getvalue()


def _named(release: ReleaseFiles, table: dict[str, Any], language: str) -> pd.DataFrame:
    """A table with only the dimensions that it has, a name beside each code; for a count that is missing, why."""
    figures = release.figures[release.figures["table"] == table["id"]]
    columns: dict[str, pd.Series] = {}
    for dimension in table["dimensions"]:
        columns[dimension] = figures[dimension]
        if dimension in SECTIONS:
            columns[f"{dimension} name"] = figures[dimension].map(
                release.names(SECTIONS[dimension], language)
            )
    shown = {name: figures[name].astype(object) for name in FIGURE}
    statuses = release.definitions["statuses"]
    why = figures["status"].map({code: words.get(language, code) for code, words in statuses.items()})
    shown["count"] = shown["count"].where(figures["count"].notna(), why)
    named = pd.DataFrame(columns | shown).astype(object)
    return named.where(named.notna(), None)


def _notes(release: ReleaseFiles, language: str) -> Iterator[tuple[str, str]]:
    country = release.definitions["country"]
    yield "country", country["names"].get(language, country["code"])
    for name in ("release", "version", "period", "as_known_at", "restates", "note"):
        if release.notes.get(name):
            yield name, str(release.notes[name])
    for one in release.definitions.get("attribution", ()):
        yield one["what"].get(language, ""), f"{one['who']} ({one['licence']}), {one['url']}"


def _definitions(release: ReleaseFiles, language: str) -> Iterator[tuple[str, str]]:
    for one in release.definitions["indicators"]:
        said = [one["title"], one["why"], one["caveats"]]
        yield one["id"], " ".join([*(text.get(language, "") for text in said), one["source"]])
    for one in release.definitions["schemes"]:
        yield (
            one["id"],
            f"{one['names'].get(language, '')}: {one['counts'].get(language, '')} {one['source']}",
        )
