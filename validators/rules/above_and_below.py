"""Returns of areas above and below each other that speak of the same persons, grievances or money.

What each dataset makes of them: the population or grant of an area counts in place of those below it; grievances of an
area, and persons of no known place, are added to those below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract, Text
from validators.messages import limits, words
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns

ALL = ""
"""The cell of a total."""


def sent_by(sender: str | None, day: str | None) -> Text:
    """Whence a number comes: who sent it and when, or this file."""
    if sender is None:
        return words()["in_this_file"]
    return {language: text.format(sender=sender, date=day) for language, text in words()["sent_by"].items()}


@dataclass
class Figure:
    """What an area says itself: `cells` with their numbers, ALL among them. `first`: the place of its first line in the
    file, None where it stands; `whence`: who sent it.
    """

    cells: dict[str, float]
    first: int | None
    whence: Text


@dataclass
class Parts:
    """What areas below one say together. `first`: the place of the first of them in the file, None where none is."""

    cells: dict[str, float] = field(default_factory=dict)
    first: int | None = None

    def add(self, figure: Figure) -> None:
        """One more of them."""
        for cell, number in figure.cells.items():
            self.cells[cell] = self.cells.get(cell, 0) + number
        if figure.first is not None and (self.first is None or figure.first < self.first):
            self.first = figure.first


def family_breaches(
    own: Returns, good: pd.DataFrame, contract: Contract, standing: Standing, reference: Reference
) -> Iterator[Breach]:
    """What a file says of an area against what it or others say of those below."""
    if standing.relatives is None:
        return
    rules = {"population": _counts_instead, "allocations": _counts_instead, "grievances": _counts_too}
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for key, figures in _figures(own, good, contract, standing.relatives).items():
        additive = contract.dataset == "grievances"
        for code, parts in _parts(figures, reference, additive).items():
            figure = figures[code]
            place = figure.first if figure.first is not None else parts.first
            rule = (
                None if place is None else rules[contract.dataset](code, figures, parts, contract, reference)
            )
            if rule and place is not None:
                params = {
                    "area": reference.name(code),
                    "value": figure.cells[ALL],
                    "parts": parts.cells[ALL],
                    "whence": figure.whence,
                    "period": key[0],
                }
                found.setdefault(rule, []).append((place, params))
    for rule, breaches in found.items():
        places = np.array([place for place, _ in breaches], dtype=np.int64)
        yield Breach(rule, contract.counted, places, [params for _, params in breaches])


def _figures(
    own: Returns, good: pd.DataFrame, contract: Contract, relatives: pd.DataFrame
) -> dict[tuple[str, ...], dict[str, Figure]]:
    """Period and subject → area → what it says, in the file or else standing."""
    key = [own.period, *(name for name in own.key if name not in (own.period, "area_code"))]
    figures: dict[tuple[str, ...], dict[str, Figure]] = {}
    for row in relatives.to_dict("records"):
        of_area = figures.setdefault(tuple(str(row[name]) for name in key), {})
        figure = of_area.setdefault(row["area_code"], Figure({}, None, sent_by(row["sender"], row["day"])))
        _add(figure.cells, row["cell"], row["total"])
    cells = _cells(own, good, contract)
    for place, row in enumerate(own.frame.to_dict("records")):
        of_area = figures.setdefault(tuple(row[name] for name in key), {})
        of_area[row["area_code"]] = Figure(cells[place], row["first"], sent_by(None, None))
    return figures


def _cells(own: Returns, good: pd.DataFrame, contract: Contract) -> list[dict[str, float]]:
    cells: list[dict[str, float]] = [{ALL: total} for total in own.frame["total"]]
    if contract.dataset == "grievances":
        lines = zip(own.of_line, good["category"], good["sex"], good[contract.counted], strict=True)
        for place, category, sex, number in lines:
            cells[place][f"{category} {sex}"] = cells[place].get(f"{category} {sex}", 0) + number
    return cells


def _add(cells: dict[str, float], cell: str, number: float) -> None:
    cells[cell] = cells.get(cell, 0) + number
    cells[ALL] = cells.get(ALL, 0) + (number if cell != ALL else 0)


def _parts(figures: dict[str, Figure], reference: Reference, additive: bool) -> dict[str, Parts]:
    """Area with a figure of its own → what those below it say: all of them where these are added up, else each that
    is within no other.
    """
    parts: dict[str, Parts] = {}
    for code, figure in figures.items():
        above = code
        while above := reference.parent_of.get(above) or "":
            if above in figures:
                parts.setdefault(above, Parts()).add(figure)
                if not additive:
                    break
    return parts


def _counts_instead(
    code: str, figures: dict[str, Figure], parts: Parts, contract: Contract, reference: Reference
) -> str | None:
    """The rule that the figure of an area breaks, which counts in place of those below it."""
    own, below = figures[code].cells[ALL], parts.cells[ALL]
    in_file = figures[code].first is not None
    if contract.dataset == "allocations":  # of which less may have been passed on yet
        return ("less_than_passed_on" if in_file else "own_figure_above") if below > own else None
    apart = limits("below_the_parts", reference.country)["share"] * below
    if abs(own - below) <= apart or (own > below and not _whole(code, figures, reference)):
        return None
    return "below_the_parts" if in_file else "own_figure_above"


def _whole(code: str, figures: dict[str, Figure], reference: Reference) -> bool:
    """Whether every area below has a figure, or is within or made up of some that have."""
    children = reference.children_of.get(code, ())
    return bool(children) and all(c in figures or _whole(c, figures, reference) for c in children)


def _counts_too(
    code: str, figures: dict[str, Figure], parts: Parts, contract: Contract, reference: Reference
) -> str | None:
    """The rule that what an area counts itself breaks, to which that of those below is added."""
    own, below = figures[code].cells, parts.cells
    limit = limits("counted_below_too", reference.country, contract)
    if below[ALL] < limit["least"]:
        return None
    equal = abs(own[ALL] - below[ALL]) <= limit["share"] * below[ALL]
    holds_them = all(own.get(cell, 0) >= number for cell, number in below.items())
    return "counted_below_too" if equal or (holds_them and figures[code].first is not None) else None


def remainder_breach(own: Returns, standing: Standing, reference: Reference) -> Breach:
    """The first returns below an area that counts persons of no known place, who may be theirs."""
    rule = "remainder_above"
    remainders = standing.remainders if standing.remainders is not None else pd.DataFrame()
    if remainders.empty:
        return Breach(rule, None, np.empty(0, dtype=np.int64), [])
    share = limits(rule, reference.country)["share"]
    above = {(row["period"], row["area_code"], row["scheme"]): row for row in remainders.to_dict("records")}
    new: dict[tuple[str, str, str], Parts] = {}
    names: Sequence[str] = ("period", "area_code", "scheme", "total", "first")
    for period, code, scheme, total, first in standing.new(own)[list(names)].itertuples(
        index=False, name=None
    ):
        while code := reference.parent_of.get(code) or "":
            if (period, code, scheme) in above:
                new.setdefault((period, code, scheme), Parts()).add(Figure({ALL: total}, first, {}))
    places, params = [], []
    for key, parts in new.items():
        row = above[key]
        if parts.cells[ALL] and row["total"] >= share * (row["parts"] + parts.cells[ALL]):
            places.append(parts.first)
            params.append(
                {
                    "area": reference.name(row["area_code"]),
                    "value": row["total"],
                    "parts": row["parts"] + parts.cells[ALL],
                    "whence": sent_by(row["sender"], row["day"]),
                    "period": row["period"],
                }
            )
    return Breach(rule, None, np.array(places, dtype=np.int64), params)
