"""The nation as the board's page and its meeting read it, and who may."""

from dataclasses import dataclass

from countries.country import current
from countries.model import Country
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board
from dashboards.queries.access import must_read
from dashboards.queries.area_profile import area_profile
from dashboards.queries.board import board
from dashboards.server.view import View
from transforms.identity.person import Person


@dataclass(frozen=True)
class Nation:
    """What is shown of the nation; `indicator` and `period` are None where nothing is published."""

    profile: AreaProfile
    indicator: str | None
    period: str | None
    shown: Board


def may_read_nation(person: Person) -> bool:
    """Who the pages are for."""
    return person.unbound or person.may("read", current().root)


def nation(country: Country, view: View) -> Nation:
    """The nation in the period and by the indicator that were chosen, or by the headline's. Raises NotAllowed."""
    must_read(country.root)
    profile = area_profile(country.root, view.period)
    indicator = view.indicator or profile.headline_indicator
    period = profile.period.code if profile.period else None
    return Nation(profile, indicator, period, board(country.root, profile.area.level, period, indicator))
