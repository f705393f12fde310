"""Every area of a country on one page: a PDF for each province, or whatever lies right below the area asked for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from countries.country import current
from dashboards.print.area_sheet import area_sheets
from dashboards.print.typesetting import pdf
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound
from sala.translation.translator import translator

# villages file nothing by themselves; their commune's page speaks of them
_GROUPS = """
SELECT g.area_code AS named, a.area_code
FROM mart.area own
JOIN mart.area g ON g.parent_code = own.area_code AND g.valid_to = 'infinity'
JOIN mart.area a ON a.tree_left BETWEEN g.tree_left AND g.tree_right AND a.valid_to = 'infinity' AND a.depth <= :lowest
WHERE own.area_code = :area AND own.valid_to = 'infinity'
UNION ALL
SELECT :area, :area
ORDER BY 1, 2
"""


def write_area_sheets(folder: Path, area: str, period: str | None, language: str) -> Iterator[Path]:
    """Write FOLDER/CODE.pdf for the area and each one right below it, with all that lies in it; yields each file.

    Pages are worded in this thread and set in another, so that two processors have work. Raises NotFound.
    """
    country = current()
    flash = country.calendar.flash_reports
    lowest = country.depth(flash.layer) if flash else len(country.layers) - 1
    t = translator(language)
    with acting() as connection:
        listed = rows(connection, _GROUPS, area=area, lowest=lowest)
    groups: dict[str, list[str]] = {}
    for row in listed:
        groups.setdefault(row["named"], []).append(row["area_code"])
    if len(listed) == 1 and not area:
        raise NotFound("unknown_area", what=area)
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as setting:
        files = []
        for name, codes in groups.items():
            data = {
                "title": t("area_sheet.title"),
                "language": language,
                "pages": area_sheets(codes, period, country, t),
            }
            files.append((folder / f"{name}.pdf", setting.submit(pdf, "area_sheet.typ", data)))
        for path, made in files:
            path.write_bytes(made.result())
            yield path
