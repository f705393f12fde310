"""Who may file, replace, confirm, retry and withdraw, in plain Python, from a roles.yaml and who lies in whom alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SCHEMES, ADMINISTRATORS = "a scheme", "an administrator, or nobody"
ABOUT = {
    "scheme_returns": SCHEMES,
    "beneficiary_list": SCHEMES,
    "allocations": SCHEMES,
    "control_totals": SCHEMES,
    "flash_reports": ADMINISTRATORS,
    "flash_items": ADMINISTRATORS,
}
ACTIONS = {
    "allocations": {"allocate"},
    "flash_reports": {"submit", "draft"},
    "flash_items": {"submit", "draft"},
}
DATASETS = (*ABOUT, "grievances", "population", "targets")


@dataclass(frozen=True)
class Account:
    """Somebody with a role at an area; a visitor has no name. `administrator`: to which the account belongs."""

    name: str
    role: str
    area: str
    administrator: str | None = None


@dataclass(frozen=True)
class ReturnOf:
    """What a return is of; `scheme` and `administrator` are None where it is about none."""

    dataset: str
    area: str
    scheme: str | None = None
    administrator: str | None = None

    @property
    def fits(self) -> bool:
        """Whether a return of the dataset is about such a thing."""
        about = ABOUT.get(self.dataset)
        return (self.scheme is not None) == (about == SCHEMES) and (
            self.administrator is None or about == ADMINISTRATORS
        )


@dataclass(frozen=True)
class Rules:
    """`parents`: area → the one above. `runs`: scheme → its administrator."""

    roles: Mapping[str, Mapping[str, Any]]
    parents: Mapping[str, str | None]
    runs: Mapping[str, str]

    @classmethod
    def read(cls, file: Path, parents: Mapping[str, str | None], runs: Mapping[str, str]) -> Rules:
        declared = yaml.load(file.read_text(), yaml.BaseLoader)
        return cls({role["id"]: role for role in declared}, parents, runs)

    def above(self, area: str) -> list[str]:
        """The areas above an area, nearest first."""
        parent = self.parents[area]
        return [parent, *self.above(parent)] if parent else []

    def reach(self, who: Account, dataset: str) -> list[str]:
        """Whose returns of a dataset the role files."""
        role = self.roles[who.role]
        if not ACTIONS.get(dataset, {"submit"}) & set(role.get("actions", ())):
            return []
        return list(role.get("files", {}).get(dataset, ()))

    def where(self, who: Account, area: str) -> str:
        """Which of `own` and `below` an area is to somebody."""
        return "own" if area == who.area else "below" if who.area in self.above(area) else "outside"

    def may_file(self, who: Account, what: ReturnOf) -> bool:
        reach = self.reach(who, what.dataset)
        if not what.fits or self.where(who, what.area) not in reach:
            return False
        if who.administrator is None:
            return what.administrator is None or "administrators" in reach
        return who.administrator == (self.runs[what.scheme] if what.scheme else what.administrator)

    def may_touch(self, who: Account, dataset: str, sender: Account) -> bool:
        """Whether what a sender filed is open to somebody, of whatever area it is."""
        if sender.administrator not in (None, who.administrator):
            return "administrators" in self.reach(who, dataset)
        if dataset == "allocations" and len(self.above(who.area)) > len(self.above(sender.area)):
            return False
        return bool(who.name) or not sender.name

    def may_replace(self, who: Account, what: ReturnOf, sender: Account) -> bool:
        """Whether somebody may file over, or end, a return that a sender filed."""
        return self.may_file(who, what) and self.may_touch(who, what.dataset, sender)

    def sees(self, who: Account, sender: Account) -> bool:
        """Whether somebody is shown a submission of a sender; those of visitors, who are of no area, the nation is."""
        if who == sender and who.name:
            return True
        if not sender.name:
            return self.parents[who.area] is None and who.administrator is None
        return self.where(who, sender.area) != "outside" and who.administrator in (None, sender.administrator)

    def may_correct(self, who: Account, sender: Account, dataset: str, standing: Iterable[ReturnOf]) -> bool:
        """Whether somebody may confirm, retry or withdraw a whole submission, of which some returns stand."""
        if not all(self.may_replace(who, what, sender) for what in standing):
            return False
        if who == sender and who.name:
            return bool(self.reach(who, dataset))
        return (
            self.where(who, sender.area) in self.reach(who, dataset)
            and who.administrator in (None, sender.administrator)
            and self.may_touch(who, dataset, sender)
        )
