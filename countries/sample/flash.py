"""Made-up weekly flash reports and their items."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.declarations.sample_round import SampleRound
from countries.model import Country
from countries.period import Period
from countries.sample.people import People

AXES = (
    "institutional_arrangement",
    "human_resources",
    "communication_enrolment",
    "process_tools",
    "project_management",
)
STARTING_POINTS = (62, 44, 38, 55, 66)
"""Percent advanced in the first week; arrangements run ahead of staff and of telling people."""

WEEKLY_STEPS = (1.6, 0.9, 1.4, 1.8, 0.7)
SILENT = 0.07
WITH_ITEMS = 0.25
DAYS_TO_SETTLE = 21


def reports(round_: SampleRound, layer: str, people: People) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each week the reports of one layer, in the columns of `flash_reports` and `top`."""
    dice = np.random.default_rng([round_.seed, 7, len(people.codes[layer])])
    tops, number = np.unique(people.tops[layer].astype(str), return_inverse=True)
    start = np.array(STARTING_POINTS) + dice.normal(0, 8, (len(tops), 5))[number]
    start = start + dice.normal(0, 10, (len(number), 5))
    slow = dice.normal(0, 0.5, (len(number), 1))
    for week_number, week in enumerate(round_.weeks):
        advanced = start + (np.array(WEEKLY_STEPS) + slow) * week_number + dice.normal(0, 1, start.shape)
        percent = np.clip(np.round(advanced), 0, 100).astype(np.int64)
        frame = pd.DataFrame(percent, columns=list(AXES))
        frame.insert(0, "week", week)
        frame.insert(1, "area_code", people.codes[layer])
        frame["top"] = people.tops[layer]
        yield week, frame[dice.random(len(frame)) >= SILENT]


def administrators(country: Country, round_: SampleRound) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each week the sheets of the schemes' administrators, at the root; the last of them is silent."""
    dice = np.random.default_rng([round_.seed, 17])
    names = [administrator.id for administrator in country.administrators][
        : len(country.administrators) - 1 or 1
    ]
    start = np.array(STARTING_POINTS) + dice.normal(0, 9, (len(names), 5))
    for number, week in enumerate(round_.weeks):
        percent = np.clip(np.round(start + np.array(WEEKLY_STEPS) * number), 0, 100).astype(np.int64)
        frame = pd.DataFrame(percent, columns=list(AXES))
        frame.insert(0, "week", week)
        frame.insert(1, "area_code", country.root)
        yield week, frame.assign(administrator=names)


def items(country: Country, round_: SampleRound, people: People) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each week the items of every layer that has texts to draw from, in the columns of `flash_items`."""
    dice = np.random.default_rng([round_.seed, 11])
    for week in round_.weeks:
        rows = [
            row
            for depth, layer in enumerate(country.layers)
            if layer.id in round_.flash_items
            for row in _of_layer(week, depth, country, round_, people, dice)
        ]
        yield week, pd.DataFrame(rows, columns=["week", "area_code", "kind", "text", "needs_layer", "due"])


def _of_layer(
    week: str, depth: int, country: Country, round_: SampleRound, people: People, dice: np.random.Generator
) -> Iterator[tuple[str, str, str, str, str, str]]:
    layer = country.layers[depth].id
    sunday = Period.parse(week).ends_on
    codes = people.codes[layer]
    speaking = codes if depth == 0 else codes[dice.random(len(codes)) < WITH_ITEMS]
    for code in speaking:
        for kind, texts in round_.flash_items[layer].items():
            if depth and dice.random() < 0.4:
                continue
            text = texts[dice.integers(len(texts))]
            open_ = kind in ("risk", "decision")
            above = country.layers[dice.integers(depth)].id if open_ and depth and dice.random() < 0.5 else ""
            due = sunday + pd.Timedelta(days=int(dice.integers(7, DAYS_TO_SETTLE))) if open_ else None
            yield week, code, kind, text, above, due.strftime("%Y-%m-%d") if due is not None else ""
