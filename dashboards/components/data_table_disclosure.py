"""What stands behind a picture: its table, fetched when it is opened, and the same table as a file."""

from dash import html
from dash.development.base_component import Component

from sala.translation.translator import Translator


def data_table_disclosure(download: str, t: Translator, table: bool = True) -> Component:
    """`download` is the address of the file; the table under the picture is the one that it names."""
    opened = html.Details(
        [
            html.Summary(t("frame.table"), id={"type": "open-table", "of": download}),
            html.Div(id={"type": "table", "of": download}),
        ]
    )
    file = html.A(t("frame.download"), href=download, download="", className="download")
    return html.Div([opened, file] if table else [file], className="evidence")
