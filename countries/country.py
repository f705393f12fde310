"""A country folder becomes one frozen, validated `Country`, or a list of what is wrong with it.

The folder holds `country.yaml`. Any section of it may stand in a file of its own (`schemes.yaml` holds what
`schemes:` would), and `indicators/` holds one file an indicator. `SALA_COUNTRY` names the folder in use.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from countries import gazetteer, population
from countries.checks.rules import Rule, add_faults
from countries.errors import CountryError, Fault
from countries.folder.raw_declarations import RawDeclarations
from countries.model import Country
from sala.settings import settings

__all__ = ["Country", "CountryError", "check", "current", "load"]

CAMBODIA = Path(__file__).parent / "kh"


def load(folder: Path | str, more: Iterable[Rule] = ()) -> Country:
    """Read a country folder. Raises `CountryError` with every fault of its declarations; `more` as in `check`."""
    declared = RawDeclarations.read(Path(folder))
    add_faults(declared, more)
    if declared.faults:
        raise CountryError(declared.folder, declared.faults)
    return declared.country()


def check(folder: Path | str, more: Iterable[Rule] = ()) -> list[Fault]:
    """Every fault of a country folder, of the tables of areas and people that it names as well.

    `more`: rules beside those of this package, for what others read in the folder.
    """
    declared = RawDeclarations.read(Path(folder))
    add_faults(declared, more)
    faults = list(declared.faults)
    if declared.sound(*gazetteer.NEEDS):
        faults += gazetteer.faults(declared.country())
    if not faults:
        faults += population.faults(declared.country())
    return sorted(set(faults))


def current() -> Country:
    """The country in use: the folder that `SALA_COUNTRY` names, or Cambodia."""
    return _loaded(settings().country)


@cache
def _loaded(folder: Path) -> Country:
    return load(folder)
