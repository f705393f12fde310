"""Who reports, and when: a strip of periods for each area, dark for on time, sand for in part."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element, percent_of, title
from dashboards.models.area import Area
from dashboards.models.reporting import Reporting
from sala.translation.translator import Translator

# Steps, from nothing to everything in time. Their order is the order of the colours.
STEPS = ("none", "part", "late", "mostly", "on_time")
_COLOURS = ("#ffffff", theme.SAND, "#b9d8d4", "#5fa19d", theme.ACCENT)
HEAD, ROW = 26, 22  # pixels
MOST_OF = 0.8


def step(reporting: Reporting | None) -> str:
    """What became of the returns expected: none, fewer than 80% in, in but late, mostly in time, all."""
    if (
        reporting is None
        or not reporting.received
        or reporting.rate is None
        or reporting.on_time_rate is None
    ):
        return "none"
    if reporting.rate < MOST_OF:
        return "part"
    if reporting.on_time_rate < MOST_OF:
        return "late"
    return "on_time" if reporting.on_time_rate >= 0.95 else "mostly"


def discipline(
    areas: Sequence[tuple[Area, str]],
    periods: Sequence[str],
    rates: Mapping[str, Mapping[str, Reporting]],
    t: Translator,
) -> Element:
    """`areas` with hrefs from top to bottom, `periods` oldest first, `rates` by area code and period."""
    names = [t.name(area.names, area.code) for area, _ in areas]
    every = max(1, -(-len(periods) // 6))
    cells = [
        element(
            "rect",
            title(_hover_text(name, period, cell := rates.get(area.code, {}).get(period), t)),
            x=percent_of(100 * column / len(periods)),
            y=HEAD + row * ROW,
            width=percent_of(100 / len(periods)),
            height=ROW,
            fill=_COLOURS[STEPS.index(step(cell))],
            data_href=href,
        )
        for row, ((area, href), name) in enumerate(zip(areas, names, strict=True))
        for column, period in enumerate(periods)
    ]
    ticks = [
        element("text", t.tick(period), x=percent_of(100 * (column + 0.5) / len(periods)), y=HEAD - 8)
        for column, period in enumerate(periods)
        if (len(periods) - 1 - column) % every == 0
    ]
    return element(
        "div",
        element("div", *(element("span", name) for name in names), class_="names"),
        element("svg", *cells, *ticks, height=HEAD + ROW * len(areas)),
        class_="strip",
    )


def _hover_text(name: str, period: str, cell: Reporting | None, t: Translator) -> str:
    when = f"{name}, {t.period(period)}\n"
    if cell is None:
        return when + t("discipline.nothing_expected")
    return when + t(
        "discipline.cell",
        received=t.number(cell.received),
        expected=t.number(cell.expected),
        on_time=t.number(cell.on_time),
        late=t.number(cell.late),
    )
