"""A made-up reporting round for any country, the same files every time.

Older months come from the schemes' administrators, one file each, with the late areas in a file of their own.
The last two months come from the areas right below the root (Cambodia's provinces), as do the last two weeks
of flash reports: some of these are late, some lack areas, and some have the faults that real files have.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from countries.declarations.sample_round import SampleRound
from countries.gazetteer import Gazetteer
from countries.model import Country
from countries.period import Period
from countries.sample import faults, figures, flash
from countries.sample.envelope import SampleFile, csv, moment, xlsx
from countries.sample.grants import grants
from countries.sample.grievances import grievances
from countries.sample.lists import beneficiary_list
from countries.sample.people import People
from countries.sample.senders import SampleSender, of_administrator, of_area, secretariat, treasury

__all__ = ["SampleFile", "files"]

BY_TOP = 2
"""How many of the last months and weeks come area by area."""

MOST_TOPS = 40
"""A root with more areas below it sends its months in one piece, or there would be too many files."""

LATE = 0.05


def files(country: Country, gazetteer: Gazetteer, population: pd.DataFrame | None) -> Iterator[SampleFile]:
    """The round in the order in which it arrives. `population`: as from `countries.population`, or None."""
    round_ = country.sample_round or SampleRound()
    people = People.of(country, gazetteer.areas, population)
    arriving = [
        *_returns(country, round_, people),
        *_flash(country, round_, people),
        *_grievances(country, round_, people),
    ]
    yield from sorted(arriving, key=lambda file: (file.received_at, file.name))


def _returns(country: Country, round_: SampleRound, people: People) -> Iterator[SampleFile]:
    by_period: dict[str, list[pd.DataFrame]] = {}
    for frame in figures.returns(country, round_, people):
        by_period.setdefault(str(frame["period"].iat[0]), []).append(frame)
    tops = sorted(set(people.codes[country.layers[1].id]))
    last = round_.months[-BY_TOP:] if len(tops) <= MOST_TOPS else ()
    for period, frames in by_period.items():
        dice = np.random.default_rng([round_.seed, 3, Period.parse(period).id])
        if period in last:
            month = pd.concat(frames, ignore_index=True)
            yield from _month_by_top(period, month, tops, last.index(period), country, dice)
            yield from _persons_and_grants(period, month, country, round_)
        else:
            yield from _period_by_administrator(period, frames, country, dice)


def _period_by_administrator(
    period: str, frames: list[pd.DataFrame], country: Country, dice: np.random.Generator
) -> Iterator[SampleFile]:
    end = Period.parse(period).ends_on
    late: list[pd.DataFrame] = []
    for administrator in country.administrators:
        schemes = {
            scheme.id: scheme for scheme in country.schemes if scheme.administrator == administrator.id
        }
        mine = [frame for frame in frames if frame["scheme"].iat[0] in schemes]
        if not mine:
            continue
        due = min(scheme.due_days for scheme in schemes.values())
        file = pd.concat(mine, ignore_index=True)
        behind = file["area_code"].isin(_some(file["area_code"].unique(), LATE, dice))
        late.append(file[behind])
        at = moment(country, end, max(0, due - int(dice.integers(0, 3))), int(dice.integers(0, 540)))
        name = f"scheme_returns_{period}_{administrator.id}.csv"
        yield SampleFile(
            name, csv(file[~behind]), of_administrator(country, administrator.id), at, "scheme_returns"
        )
    due = max(scheme.due_days for scheme in country.schemes)
    if sum(map(len, late)):
        at = moment(country, end, due + 4, int(dice.integers(0, 540)))
        name = f"scheme_returns_{period}_late.csv"
        yield SampleFile(name, csv(pd.concat(late)), secretariat(country), at, "scheme_returns")


def _some(codes: Iterable[str], share: float, dice: np.random.Generator) -> list[str]:
    return [code for code in codes if dice.random() < share]


def _month_by_top(
    period: str, month: pd.DataFrame, tops: list[str], turn: int, country: Country, dice: np.random.Generator
) -> Iterator[SampleFile]:
    """One file for each top; `turn` (0, 1) chooses who sends a faulty one."""
    end = Period.parse(period).ends_on
    spoiled = dict(zip(tops[3 + turn :: 5], faults.A_FEW_LINES, strict=False))
    failing = dict(zip(tops[2::5], faults.WHOLE_FILES, strict=False)) if turn else {}
    for top, file in month.groupby("top", sort=True):
        sender = of_area(str(top))
        days = int(dice.choice([4, 5, 6, 9, 13], p=[0.3, 0.3, 0.2, 0.12, 0.08]))
        at = moment(country, end, days, int(dice.integers(0, 540)))
        name = f"scheme_returns_{period}_{top}"
        if str(top) in failing:
            spoil, kind = failing[str(top)]
            before = moment(country, end, days - 1, int(dice.integers(0, 540)))
            yield SampleFile(f"{name}.{kind}", spoil(file), sender, before, "scheme_returns")
        if str(top) in spoiled:
            file = spoiled[str(top)](file.reset_index(drop=True))
        if turn and top == tops[0]:
            yield from _in_two_parts(name, file, sender, days, period, country)
            continue
        yield SampleFile(f"{name}.csv", csv(file), sender, at, "scheme_returns")
        if turn and top == tops[-1]:
            corrected = _recounted(file)
            at = moment(country, end, days + 3, 95)
            yield SampleFile(f"{name}_corrected.csv", csv(corrected), sender, at, "scheme_returns")


def _persons_and_grants(
    period: str, month: pd.DataFrame, country: Country, round_: SampleRound
) -> Iterator[SampleFile]:
    """Who is covered, by name, in the one area that lists its persons; and what each area was granted."""
    whole = Period.parse(period)
    if round_.lists and not (inside := month[month["top"] == round_.lists.area]).empty:
        persons = beneficiary_list(inside, round_.lists.schemes, country)
        at = moment(country, whole.ends_on, 6, 120)
        name = f"beneficiary_list_{period}_{round_.lists.area}.csv"
        yield SampleFile(name, csv(persons), of_area(round_.lists.area), at, "beneficiary_list")
    granted = grants(period, month, np.random.default_rng([round_.seed, 19, whole.id]))
    if len(granted):
        at = moment(country, whole.starts_on, 2, 45)
        yield SampleFile(f"allocations_{period}.csv", csv(granted), treasury(country), at, "allocations")


def _in_two_parts(
    name: str, file: pd.DataFrame, sender: SampleSender, days: int, period: str, country: Country
) -> Iterator[SampleFile]:
    """The first areas of the file come later, in a workbook."""
    later = file["area_code"].isin(file["area_code"].unique()[:40])
    end = Period.parse(period).ends_on
    at = moment(country, end, days, 60)
    yield SampleFile(f"{name}.csv", csv(file[~later]), sender, at, "scheme_returns")
    at = moment(country, end, days + 4, 30)
    rest = file[later].dropna(axis="columns")
    yield SampleFile(f"{name}_rest.xlsx", xlsx(rest, at), sender, at, "scheme_returns")


def _recounted(file: pd.DataFrame) -> pd.DataFrame:
    """The scheme with most lines again, of its first hundred areas, a little lower than first counted."""
    scheme = file["scheme"].value_counts().index[0]
    mine = file[file["scheme"] == scheme]
    mine = mine[mine["area_code"].isin(mine["area_code"].unique()[:100])]
    return mine.assign(beneficiaries=mine["beneficiaries"] * 24 // 25)


def _flash(country: Country, round_: SampleRound, people: People) -> Iterator[SampleFile]:
    if (calendar := country.calendar.flash_reports) is None:
        return
    dice = np.random.default_rng([round_.seed, 5])
    tops = sorted(set(people.codes[country.layers[1].id]))
    last = round_.weeks[-BY_TOP:] if len(tops) <= MOST_TOPS else ()
    for week, reports in flash.reports(round_, calendar.layer, people):
        sunday = Period.parse(week).ends_on
        if week in last:
            yield from _week_by_top(week, reports, week == round_.weeks[-1], country, dice)
            continue
        late = reports["area_code"].isin(_some(reports["area_code"].unique(), LATE, dice))
        for part, days, name in (
            (reports[~late], 0, week),
            (reports[late], calendar.due_days + 2, f"{week}_late"),
        ):
            at = moment(country, sunday, days, int(dice.integers(0, 540)))
            yield SampleFile(
                f"flash_reports_{name}.csv", csv(part), secretariat(country), at, "flash_reports"
            )
    for week, items in flash.items(country, round_, people):
        at = moment(country, Period.parse(week).ends_on, -1, 500)
        if len(items):
            yield SampleFile(f"flash_items_{week}.csv", csv(items), secretariat(country), at, "flash_items")

    for week, sheets in flash.administrators(country, round_) if round_.flash_items else ():
        at = moment(country, Period.parse(week).ends_on, -1, 460)
        name = f"flash_reports_{week}_administrators.csv"
        yield SampleFile(name, csv(sheets), secretariat(country), at, "flash_reports")


def _grievances(country: Country, round_: SampleRound, people: People) -> Iterator[SampleFile]:
    for month, lines in grievances(country, round_, people, BY_TOP):
        at = moment(country, Period.parse(month).ends_on, 9, 60)
        yield SampleFile(f"grievances_{month}.csv", csv(lines), secretariat(country), at, "grievances")


def _week_by_top(
    week: str, reports: pd.DataFrame, running: bool, country: Country, dice: np.random.Generator
) -> Iterator[SampleFile]:
    """A week by tops. Of a week still running two tops are not in yet, and nobody is late."""
    sunday = Period.parse(week).ends_on
    silent = dice.choice(sorted(set(reports["top"])), 2, replace=False) if running else ()
    for top, file in reports.groupby("top", sort=True):
        days = int(dice.choice([-2, -1] if running else [-2, -1, 0, 1, 4]))
        at = moment(country, sunday, days, int(dice.integers(0, 480)))
        if top not in silent:
            name = f"flash_reports_{week}_{top}.csv"
            yield SampleFile(name, csv(file), of_area(str(top)), at, "flash_reports")
