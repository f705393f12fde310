"""The tables of an area's page by name: one maker for the table under a picture and for its file."""

from collections.abc import Callable

from dashboards.components.table_data import Table
from dashboards.models.figures import AreaFacts
from dashboards.pages.area.comparison import areas_table
from dashboards.pages.area.flash import flash_table
from dashboards.pages.area.headline import headline_indicator
from dashboards.pages.area.history import history_table
from dashboards.pages.area.queries import area_facts
from dashboards.pages.area.reporting import reporting_table
from dashboards.pages.area.schemes import schemes_table
from dashboards.queries.not_found import UnknownTable
from dashboards.server.view import View
from sala.translation.translator import Translator


def _areas(facts: AreaFacts, view: View, t: Translator) -> Table:
    return areas_table(facts, view.indicator or headline_indicator(facts) or "", view, t)


def _history(facts: AreaFacts, view: View, t: Translator) -> Table:
    indicator = facts.reference.indicator(view.indicator or headline_indicator(facts) or "")
    if indicator is None:
        raise UnknownTable(f"history of {view.indicator}")
    return history_table(facts, indicator, t)


_MAKERS: dict[str, Callable[[AreaFacts, View, Translator], Table]] = {
    "areas": _areas,
    "history": _history,
    "reporting": reporting_table,
    "flash": lambda facts, _, t: flash_table(facts, t),
    "schemes": lambda facts, _, t: schemes_table(facts, t),
}


def page_table(name: str, code: str, view: View, t: Translator) -> tuple[Table, str]:
    """A table of the page of the area `code`, and the period it speaks of.

    Raises UnknownTable, UnknownArea and UnknownPeriod for what an address names in vain.
    """
    if name not in _MAKERS:
        raise UnknownTable(name)
    facts = area_facts(code, view.period)
    return _MAKERS[name](facts, view, t), facts.period.code if facts.period else "none"
