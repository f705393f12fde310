"""Made-up grievances: monthly counts of the communes' desks, and of the layers above for what was passed on."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.declarations.sample_round import SampleRound
from countries.model import Country
from countries.sample.people import SEXES, People

DESKS = 0.35
"""The share of the areas of a layer that have a desk which counts; higher layers have more."""

CATEGORIES = 3
OFTEN = 7


def grievances(
    country: Country, round_: SampleRound, people: People, months: int
) -> Iterator[tuple[str, pd.DataFrame]]:
    """For each of the last months the lines of all desks, in the columns of `grievances`."""
    if country.grievances is None or country.calendar.flash_reports is None:
        return
    lowest = country.depth(country.calendar.flash_reports.layer)
    categories = [term.id for term in country.grievances.categories]
    channels = [term.id for term in country.grievances.channels] or [""]
    for number, month in enumerate(round_.months[-months:]):
        dice = np.random.default_rng([round_.seed, 13, number])
        desks = [
            code
            for depth in range(1, lowest + 1)
            for code in people.codes[country.layers[depth].id]
            if dice.random() < 1 - (1 - DESKS) * depth / lowest
        ]
        rows = [
            (month, code, category, sex, *_counts(dice), channels[dice.integers(len(channels))])
            for code in desks
            for category in dice.choice(categories, min(CATEGORIES, len(categories)), replace=False)
            for sex in SEXES
        ]
        columns = "period area_code category sex received resolved escalated pending median_days channel"
        yield month, pd.DataFrame(rows, columns=columns.split())


def _counts(dice: np.random.Generator) -> tuple[int, int, int, int, int]:
    """Received, resolved, escalated, pending, median days. What stays open takes long elsewhere as well."""
    received = int(dice.poisson(OFTEN))
    resolved = int(dice.binomial(received, 0.7))
    escalated = int(dice.binomial(received - resolved, 0.4))
    pending = received - resolved - escalated
    return received, resolved, escalated, pending, int(6 + pending * 5 + dice.integers(0, 14))
