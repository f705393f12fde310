"""What the area itself has to file and has not."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.row_title import row_title
from sala.translation.translator import Translator


def outstanding_reports(calendar: ReportingCalendar, country: Country, t: Translator) -> Component | None:
    """What the area itself has to file and has not."""
    if not calendar.outstanding:
        return None
    lines = []
    for row in calendar.outstanding:
        late = int(row["days_after_due"])
        urgent = "late" if row["state"] in ("missing", "empty") else "soon"
        when = t("items.late", n=late) if late > 0 else t("items.due", n=-late)
        lines.append(
            html.Li(
                [
                    html.I(className=f"mark {urgent}", **aria(hidden="true")),
                    html.Span(f"{row_title(row, country, t)} · {t.period(row['period'])}"),
                    html.Span(f"{t('calendar.fate.' + row['state'])} · {when}", className="where"),
                ]
            )
        )
    return html.Section(
        [html.H2(t("calendar.outstanding")), html.Ul(lines, className="items")],
        className="card one",
        id="outstanding",
    )
