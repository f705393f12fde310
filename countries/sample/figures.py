"""Made-up scheme returns that look like a country's: never more persons than there are, growing, uneven."""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
import pandas as pd

from countries.declarations.sample_round import SampleRound, SchemeRound
from countries.declarations.schemes import Scheme
from countries.model import Country
from countries.sample.people import ALL_AGES, SEXES, People

AREA_SPREAD, TOP_SPREAD, PERIOD_SPREAD = 0.25, 0.2, 0.02
"""Standard deviations of coverage in logits: between neighbours, between provinces, from month to month."""

MISSING = 0.06
MISSING_OF_FEW = 0.015
FEW = 500
"""A layer of few areas is looked after: a district or province that sends nothing is telephoned."""


def returns(country: Country, round_: SampleRound, people: People) -> Iterator[pd.DataFrame]:
    """One frame a scheme and period, in the columns of `scheme_returns` and `top`: who files it."""
    for scheme in country.schemes:
        periods = round_.months if scheme.frequency == "M" else sorted({month[:4] for month in round_.months})
        yield from _of_scheme(scheme, periods, round_, people)


def _of_scheme(
    scheme: Scheme, periods: tuple[str, ...] | list[str], round_: SampleRound, people: People
) -> Iterator[pd.DataFrame]:
    look = round_.schemes.get(scheme.id, SchemeRound())
    dice = np.random.default_rng([round_.seed, crc32(scheme.id.encode())])
    eligible = people.eligible(scheme)
    tops = people.tops[scheme.layer]
    uneven = _unevenness(scheme, tops, round_, dice)
    by_sex = np.array([look.women if sex == "F" else 0.0 for sex in SEXES])
    by_age = np.array([look.ages.get(age, 0.0) for age in people.ages])
    logits = uneven[:, None, None] + by_sex[None, :, None] + by_age[None, None, :]
    covered, paying = (_calibrated(logits, eligible, level) for level in (look.level, look.contributors))
    breaks = dice.random(eligible.shape)
    silent = _silence(len(tops), dice)
    unstated = dice.random(len(tops)) < look.unstated
    listed = _listed(scheme, tops, round_)
    punctual = np.random.default_rng([round_.seed, 1, crc32(scheme.id.encode())]).beta(
        12, 2, (len(tops), 1, 1)
    )
    before: np.ndarray | None = None
    for number, period in enumerate(periods):
        earlier = look.growth * (number + 1 - len(periods)) + dice.normal(0, PERIOD_SPREAD, (len(tops), 1, 1))
        reports = (dice.random(len(tops)) >= silent) | listed
        counts = {"beneficiaries": _persons(covered + earlier, eligible, breaks)}
        if look.contributors:
            counts["contributors"] = _persons(paying + earlier, eligible, breaks)
        if scheme.reports:
            counts |= _asked_for(scheme, counts["beneficiaries"], before, punctual)
            before = counts["beneficiaries"]
        frame = _lines(scheme, period, counts, eligible, reports, unstated, people)
        if look.amount:
            frame["amount_paid"] = frame["beneficiaries"] * look.amount
        yield frame


def _unevenness(
    scheme: Scheme, tops: np.ndarray, round_: SampleRound, dice: np.random.Generator
) -> np.ndarray:
    leaning = round_.leaning.get(scheme.kind, {})
    names, number = np.unique(tops.astype(str), return_inverse=True)
    by_top = dice.normal(0, TOP_SPREAD, len(names)) + [leaning.get(name, 0.0) for name in names]
    return np.asarray(by_top[number] + dice.normal(0, AREA_SPREAD, len(tops)))


def _silence(areas: int, dice: np.random.Generator) -> np.ndarray:
    """The chance of each area to send nothing; some areas are often silent."""
    return dice.beta(2, 2, areas) * 2 * (MISSING if areas >= FEW else MISSING_OF_FEW)


def _calibrated(logits: np.ndarray, eligible: np.ndarray, level: float) -> np.ndarray:
    """Shift the logits so that the country as a whole comes out at the level."""
    if not level or not eligible.sum():
        return logits
    low, high = -20.0, 20.0
    for _ in range(30):
        middle = (low + high) / 2
        reached = (eligible * _share(logits + middle)).sum() / eligible.sum()
        low, high = (middle, high) if reached < level else (low, middle)
    return logits + low


def _share(logits: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-logits)))


def _persons(logits: np.ndarray, eligible: np.ndarray, breaks: np.ndarray) -> np.ndarray:
    """Whole persons, rounded up or down by each cell's own break, so that a small cell moves now and then."""
    return np.minimum(np.floor(eligible * _share(logits) + breaks), eligible).astype(np.int64)


def _asked_for(
    scheme: Scheme, persons: np.ndarray, before: np.ndarray | None, punctual: np.ndarray
) -> dict[str, np.ndarray]:
    """What the scheme's returns are asked for beside persons, following from these and from those of the month before;
    a fiftieth leave and as many come in their place. `punctual`: share of each area's persons who are paid in time.
    """
    earlier = persons if before is None else before
    stayed = np.minimum(persons, earlier)
    came, left = persons - stayed + stayed // 50, earlier - stayed + stayed // 50
    applied = came + came // 3 + persons // 100
    registered = persons + persons // 8
    made = {
        "applied": applied,
        "accepted": applied - applied // 9 - applied // 6,
        "refused": applied // 9,
        "waiting": applied // 6,
        "first_paid": came,
        "paid_on_time": np.floor(persons * punctual).astype(np.int64),
        "records_updated": np.floor(registered * punctual).astype(np.int64),
    }
    columns: dict[str, np.ndarray] = {name: made[name] for name in scheme.reports}
    if "applied" in columns:
        columns |= {"new_enrolments": came, "exits": left}
    if "records_updated" in columns:
        columns["registered"] = registered
    return columns


def _lines(
    scheme: Scheme,
    period: str,
    counts: dict[str, np.ndarray],
    eligible: np.ndarray,
    reports: np.ndarray,
    unstated: np.ndarray,
    people: People,
) -> pd.DataFrame:
    """The lines of the areas that report: by sex and age group, or by sex alone."""
    counted = eligible.sum(axis=0) > 0
    ages = people.ages
    if not scheme.by_age:
        counts = {name: values.sum(axis=2, keepdims=True) for name, values in counts.items()}
        counted, ages = counted.any(axis=1, keepdims=True), (ALL_AGES,)
    sex, age = np.nonzero(counted)
    areas, lines = np.flatnonzero(reports), len(sex)
    frame = pd.DataFrame(
        {
            "period": period,
            "area_code": np.repeat(people.codes[scheme.layer][areas], lines),
            "scheme": scheme.id,
            "sex": np.tile(np.array(SEXES)[sex], len(areas)),
            "age_group": np.tile(np.array(ages)[age], len(areas)),
            **{name: values[areas][:, sex, age].ravel() for name, values in counts.items()},
            "top": np.repeat(people.tops[scheme.layer][areas], lines),
        }
    )
    return _some_unstated(frame, people.codes[scheme.layer][unstated & reports])


def _some_unstated(frame: pd.DataFrame, codes: np.ndarray) -> pd.DataFrame:
    """A fiftieth of the persons of these areas have no sex stated, and go on a line of their own."""
    if not len(codes):
        return frame
    concerned = frame["area_code"].isin(codes)
    taken = (frame["beneficiaries"] // 50).where(concerned, 0)
    lines = frame[concerned].assign(sex="U", beneficiaries=taken[concerned])
    keys = ["period", "area_code", "scheme", "sex", "age_group", "top"]
    lines = lines.groupby(keys, as_index=False, sort=False).sum()
    return pd.concat([frame.assign(beneficiaries=frame["beneficiaries"] - taken), lines], ignore_index=True)


def _listed(scheme: Scheme, tops: np.ndarray, round_: SampleRound) -> np.ndarray:
    """Areas of which a list names the scheme's persons: none of them is silent."""
    if round_.lists is None or scheme.id not in round_.lists.schemes:
        return np.zeros(len(tops), dtype=bool)
    return np.asarray(tops == round_.lists.area)
