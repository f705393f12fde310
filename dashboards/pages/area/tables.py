"""The tables of an area's page by name: one maker for the table under a picture and for its file."""

from collections.abc import Callable

from dashboards.components.table_data import Table
from dashboards.models.area_profile import AreaProfile
from dashboards.pages.area.flash_report import flash_table
from dashboards.pages.area.indicator_tables import areas_table, history_table
from dashboards.pages.area.reporting import reporting_table
from dashboards.pages.area.schemes import schemes_table
from dashboards.queries.area_profile import area_profile
from dashboards.server.view import View
from sala.errors import NotFound
from sala.translation.translator import Translator


def _areas(profile: AreaProfile, view: View, t: Translator) -> Table:
    return areas_table(profile, view.indicator or profile.headline_indicator or "", view, t)


def _history(profile: AreaProfile, view: View, t: Translator) -> Table:
    indicator = profile.reference.indicator(view.indicator or profile.headline_indicator or "")
    if indicator is None:
        raise NotFound("unknown_table", what=f"history of {view.indicator}")
    return history_table(profile, indicator, t)


_MAKERS: dict[str, Callable[[AreaProfile, View, Translator], Table]] = {
    "areas": _areas,
    "history": _history,
    "reporting": reporting_table,
    "flash": lambda profile, _, t: flash_table(profile, t),
    "schemes": lambda profile, _, t: schemes_table(profile, t),
}


def page_table(name: str, code: str, view: View, t: Translator) -> tuple[Table, str]:
    """A table of the page of the area `code`, and the period it speaks of.

    Raises NotFound for what an address names in vain.
    """
    if name not in _MAKERS:
        raise NotFound("unknown_table", what=name)
    profile = area_profile(code, view.period)
    return _MAKERS[name](profile, view, t), profile.period.code if profile.period else "none"
