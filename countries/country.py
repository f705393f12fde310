"""A country folder becomes one frozen, validated `Country`, or a list of what is wrong with it.

The folder holds `country.yaml`. Any section of it may stand in a file of its own (`schemes.yaml` holds what
`schemes:` would), and `indicators/` holds one file an indicator. `SALA_COUNTRY` names the folder in use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from countries import gazetteer, population
from countries.checks.rules import Rule, add_faults, add_unknown_areas
from countries.errors import CountryError, Fault
from countries.folder.raw_declarations import RawDeclarations
from countries.model import Country
from sala.settings import settings

__all__ = ["Country", "CountryError", "Examined", "check", "current", "examine", "load"]

CAMBODIA = Path(__file__).parent / "kh"


def load(folder: Path | str, more: Iterable[Rule] = ()) -> Country:
    """Read a country folder. Raises `CountryError` with every fault of its declarations; `more` as in `check`."""
    declared = RawDeclarations.read(Path(folder))
    add_faults(declared, more)
    if declared.faults:
        raise CountryError(declared.folder, declared.faults)
    return declared.country()


@dataclass(frozen=True)
class Examined:
    """What a look at a country folder found: `faults` for which it cannot be used, and `doubts` about its areas that
    wait for a correction or a reason in `corrections.yaml`. Both in the order of files and lines.
    """

    faults: list[Fault]
    doubts: list[Fault]


def examine(folder: Path | str, more: Iterable[Rule] = ()) -> Examined:
    """A country folder and the tables of areas and people that it names, as far as each can be read.

    `more`: rules beside those of this package, for what others read in the folder.
    """
    declared = RawDeclarations.read(Path(folder))
    add_faults(declared, more)
    faults: list[Fault] = []
    doubts: list[Fault] = []
    if declared.sound(*gazetteer.NEEDS):
        try:
            places = gazetteer.areas(declared.country())
        except CountryError as error:
            faults += error.faults
        else:
            doubts = [finding.fault() for finding in places.findings if finding.verdict == "doubtful"]
            add_unknown_areas(declared, set(places.areas["code"]))
    faults += declared.faults
    if not faults:
        faults += population.faults(declared.country())
    return Examined(sorted(set(faults)), sorted(set(doubts)))


def check(folder: Path | str, more: Iterable[Rule] = ()) -> list[Fault]:
    """Every fault of a country folder, of the tables of areas and people that it names too; `more` as in `examine`."""
    return examine(folder, more).faults


def current() -> Country:
    """The country in use: the folder that `SALA_COUNTRY` names, or Cambodia."""
    return _loaded(settings().country)


@cache
def _loaded(folder: Path) -> Country:
    return load(folder)
