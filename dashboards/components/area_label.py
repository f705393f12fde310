"""An indicator's title, and an area with its figure, in words: for headings and for those who listen."""

from dashboards.components.format_figure import figure_text, says_nothing
from dashboards.models.area import Area
from dashboards.models.figure import Figure
from dashboards.models.reference import Reference
from sala.translation.translator import Translator


def indicator_title(reference: Reference, indicator: str, t: Translator) -> str:
    """The title of an indicator; its id where it has none."""
    declared = reference.indicator(indicator)
    return t.name(declared.titles, indicator) if declared else indicator


def area_label(area: Area, figure: Figure | None, t: Translator) -> str:
    """The area, its figure, and how much of it was reported."""
    name = t.name(area.names, area.code)
    if figure is None or (says_nothing(figure) and not figure.count):
        return t("places.aria_label_nothing", area=name)
    return t(
        "places.aria_label", area=name, value=figure_text(figure, t), share=t.percent(figure.completeness)
    )
