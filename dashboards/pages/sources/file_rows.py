"""The rows of a file around one of them, the problems of its last verdict at their cells."""

from xml.etree.ElementTree import Element

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.charts.drawing import element, markup
from dashboards.components.breadcrumb import breadcrumb
from dashboards.components.drawn import Drawn
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.intake.downloads import FileRows, rows_around

_ROWS = 41


@page("/submissions/<receipt>/rows")
def rows_page(view: View, country: Country, t: Translator, receipt: str) -> Page:
    """Opened at the row that the address names. Raises NotFound and Gone."""
    said = dict(view.query).get("row", "")
    row = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    file = rows_around(person(), receipt.upper(), country, row, _ROWS)
    submissions = view.href("/submissions", receipt=receipt.upper(), row=None)
    body: list[Component] = [
        breadcrumb(
            [(t("submissions.title"), view.href("/submissions", row=None)), (file.filename, submissions)], t
        ),
        html.H1(
            t("sources.at_row", file=file.filename, row=row), id="headline", tabIndex=-1, className="filename"
        ),
    ]
    if file.rows:
        body += [Drawn(markup(_table(file, row, t))), _further(file, row, view, t)]
    else:
        body.append(html.P(t("sources.no_rows"), className="empty"))
    return Page(title=file.filename, body=body, section="submissions")


def _table(file: FileRows, chosen: int, t: Translator) -> Element:
    """A row a line, the one chosen marked; what is wrong with a cell is said of it."""
    wrong = {(problem.row_number, problem.column): problem.text(t.language) for problem in file.problems}
    head = [element("th", name, scope="col", class_="text") for name in ("#", *file.columns)]
    body = [
        element(
            "tr",
            element("th", str(number), scope="row", class_="num"),
            *(
                element(
                    "td",
                    element("span", value or "–"),
                    element("small", said) if said else None,
                    class_="text unusual" if said else "text",
                )
                for name, value in zip(file.columns, cells, strict=True)
                for said in (wrong.get((number, name)),)
            ),
            id=f"row-{number}",
            class_="opened" if number == chosen else None,
            aria_current="true" if number == chosen else None,
        )
        for number, cells in file.rows
    ]
    caption = element(
        "caption", t("sources.rows_of", first=file.rows[0][0], last=file.rows[-1][0], n=file.last)
    )
    table = element(
        "table", caption, element("thead", element("tr", *head)), element("tbody", *body), class_="data"
    )
    return element(
        "section",
        element(
            "div", table, class_="table-box opened-at", tabindex="0", role="region", aria_label=file.filename
        ),
        class_="card",
    )


def _further(file: FileRows, row: int, view: View, t: Translator) -> Component:
    links = []
    if file.rows[0][0] > 2:
        links.append(
            dcc.Link(
                t("explore.before_page"), href=view.href(row=str(max(1, row - _ROWS))), className="action"
            )
        )
    if file.rows[-1][0] < file.last:
        links.append(
            dcc.Link(t("explore.next_page"), href=view.href(row=str(row + _ROWS)), className="action")
        )
    return html.P(links, className="pages")
