"""Good rows against the warehouse: scope, closed periods, population, history, the returns they would replace.

Needs no database: the frames are passed in, and what is not passed in is not checked. Severity and
thresholds stand in `rules.yaml`; the country folder may set others under `checks:`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups
from validators.contracts.contract import Contract
from validators.messages import limits
from validators.problem_list import ProblemList
from validators.reference import Reference
from validators.rules.above_and_below import family_breaches, remainder_breach
from validators.rules.control_totals import control_breaches
from validators.rules.copies import copy_breach, withdrawn_breach
from validators.rules.cross_field_rules import Breach
from validators.rules.elsewhere import elsewhere_breaches
from validators.rules.history import jump_breach
from validators.rules.list_and_return import list_and_return_breach
from validators.rules.new_population_year import new_population_year_breaches
from validators.rules.out_of_turn import out_of_turn_breach
from validators.rules.place_not_known import total_as_remainder
from validators.rules.population import population_breaches
from validators.rules.replacements import Standing, replacements
from validators.rules.returns import Returns, message_params
from validators.rules.stocks_and_flows import flow_breaches
from validators.rules.vintages import vintage_breaches
from validators.rules.year_and_months import year_and_months_breach
from validators.verdict import Verdict


@dataclass(frozen=True)
class CrosscheckData:
    """What the warehouse holds about the returns of a file, each frame optional.

    refused: the returns of the file that the sender may not file: period (or year, week), area_code, what they are
    about (where the dataset has it) and reason, the rule of each. closed: keys of closed periods.
    population: year, area_code, sex, age_group, population. population_years: the year whose population stands for
    each period of the file; a period that is not among them has none.
    history: area_code, scheme, period, total, partial where it is known: one row an earlier return.
    present: the dataset's return key, lines, total, mark, partial, newer: the returns that this file would replace;
    `newer` where a later file brought one; `mark` 0 where it is not known; sender and day of each.
    shown_what_stands: whether its sender saw these while writing, and need not be asked.
    below: of areas above the layer of a scheme period, area_code, scheme, total: what areas below report together.
    earlier_population: of years of which no population stands yet: year, before, area_code: the areas that have one in
    the latest year before it.
    later: of weekly sheets the return key and `later`, the newest week that stands of the same area, for those of whose
    week none stands.
    compiled: of control totals period, area_code, scheme, sex, beneficiaries, amount_paid: what is compiled for them.
    """

    refused: pd.DataFrame | None = None
    closed: frozenset[str] = frozenset()
    population: pd.DataFrame | None = None
    population_years: Mapping[str, int] = field(default_factory=dict)
    history: pd.DataFrame | None = None
    present: pd.DataFrame | None = None
    shown_what_stands: bool = False
    below: pd.DataFrame | None = None
    earlier_population: pd.DataFrame | None = None
    later: pd.DataFrame | None = None
    compiled: pd.DataFrame | None = None


def crosscheck(verdict: Verdict, reference: Reference, data: CrosscheckData) -> Verdict:
    """The verdict with the problems of the cross-checks. A check may reject rows that were good by themselves."""
    if verdict.table is None or not verdict.stored.any():
        return verdict
    contract, good, country = verdict.table.contract, verdict.good, reference.country
    problems = ProblemList(contract, country, verdict.problems)
    for breach in _breaches(verdict, contract, reference, data):
        column = contract.column(breach.column) if breach.column else None
        rows = good["row_number"].to_numpy()[breach.places]
        problems.add(column, rows, [_value(params) for params in breach.params], breach.rule, breach.params)
    return verdict.with_problems(problems.frame())


def with_replacements(verdict: Verdict, reference: Reference, standing: Standing | None) -> Verdict:
    """The verdict with what its file would replace of what stands, and whether that holds it."""
    if standing is None or verdict.table is None or not verdict.stored.any():
        return verdict
    contract = verdict.table.contract
    own = verdict.returns
    replaced = replacements(verdict.good, own, contract, verdict.partial_returns, standing)
    breaches = [copy_breach(own, contract, standing, reference), *vintage_breaches(own, standing, reference)]
    breaches.append(withdrawn_breach(own, standing, reference))
    breaches += elsewhere_breaches(verdict.good, standing, reference)
    breaches += replaced.breaches(contract, reference) if replaced else ()
    breaches += family_breaches(own, verdict.good, contract, standing, reference)
    breaches.append(remainder_breach(own, standing, reference))
    breaches.append(year_and_months_breach(own, contract, standing, reference))
    breaches.append(list_and_return_breach(own, contract.dataset, standing, reference))
    problems = ProblemList(contract, reference.country, verdict.problems)
    for breach in breaches:
        rows = verdict.good["row_number"].to_numpy()[breach.places]
        column = contract.column(breach.column) if breach.column else None
        problems.add(column, rows, [None] * len(rows), breach.rule, breach.params)
    return verdict.with_problems(problems.frame(), replacements=replaced, left_out=standing.left_out)


def _value(params: dict[str, Any]) -> str | None:
    return str(params["value"]) if "value" in params else None


def _breaches(
    verdict: Verdict, contract: Contract, reference: Reference, data: CrosscheckData
) -> Iterator[Breach]:
    good = verdict.good
    if data.refused is not None and len(data.refused):
        yield from _refused(good, data.refused, reference)
    if data.closed and contract.period:
        closed = good[contract.period.name].astype("str").isin(data.closed)
        yield _marked("closed_period", contract.period.name, good, closed.to_numpy(), reference)
    returns = verdict.returns
    if data.present is not None and len(data.present):
        yield from _against_present(verdict, returns, data, reference)
    if data.later is not None and contract.period:
        yield out_of_turn_breach(returns, data.later, contract.period.name, reference)
    yield from new_population_year_breaches(good, data.earlier_population, reference)
    if data.compiled is not None:
        yield from control_breaches(good, data.compiled, reference)
    if contract.dataset != "scheme_returns":
        return
    yield total_as_remainder(good, returns, data.below, reference)
    yield _repeated(good, reference.country)
    if data.population is not None and len(data.population):
        yield from population_breaches(good, returns, data.population, data.population_years, reference)
    if data.history is not None:
        yield jump_breach(returns, data.history, reference)
        yield from flow_breaches(good, verdict.partial_returns, returns, data.history, reference)


def _refused(good: pd.DataFrame, refused: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """Each line of a return that is not the sender's to file, at the column that says why."""
    key = [name for name in refused.columns if name != "reason"]
    of_line, first = groups([good[name].astype("category").array for name in key])
    returns = good[key].iloc[first].astype("str")
    reasons = returns.merge(refused.astype("str"), how="left", on=key)["reason"].to_numpy()[of_line]
    for reason in refused["reason"].unique():
        column = key[-1] if reason == "other_administrator" else "area_code"
        yield _marked(str(reason), column, good, reasons == reason, reference)


def _marked(rule: str, column: str, good: pd.DataFrame, marked: np.ndarray, reference: Reference) -> Breach:
    places = np.flatnonzero(marked)
    texts = good[column].iloc[places].astype("str")
    params = {text: {"value": text, "area": reference.name(text)} for text in texts.unique()}
    return Breach(rule, column, places, [params[text] for text in texts])


def _repeated(good: pd.DataFrame, country: Country) -> Breach:
    """One value copied down a column: one problem, at the first row of the run."""
    threshold = limits("repeated_value", country)
    values = good["beneficiaries"].to_numpy(dtype=np.int64, na_value=0)
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    length = np.diff(starts, append=len(values))
    long = (length >= threshold["rows"]) & (values[starts] >= threshold["least"])
    params: list[dict[str, Any]] = [
        {"value": int(values[place]), "count": int(count)}
        for place, count in zip(starts[long], length[long], strict=True)
    ]
    return Breach("repeated_value", "beneficiaries", starts[long], params)


def _against_present(
    verdict: Verdict, returns: Returns, data: CrosscheckData, reference: Reference
) -> Iterator[Breach]:
    """Returns that would replace one with more lines; those that will replace nothing; and, as one
    problem, how many are the same as before.
    """
    assert verdict.table is not None
    assert data.present is not None
    met = returns.joined_with(
        data.present.rename(columns={"lines": "before", "total": "present_total", "mark": "present_mark"})
    )
    met = met.assign(less=met["before"] - met["lines"])
    newer = spoilt = pd.Series(False, index=met.index)
    if "partial" in met:
        ours = pd.MultiIndex.from_frame(met[list(returns.key)])
        of_file = pd.MultiIndex.from_frame(verdict.partial_returns[list(returns.key)].astype("str"))
        partial, whole_before = ours.isin(of_file), ~met["partial"].astype(bool)
        newer = met["newer"].astype(bool) & (whole_before | partial)
        spoilt = whole_before & partial & ~newer
    yield _whole_returns("newer_stands", met[newer], reference, now="lines")
    yield _whole_returns("replaces_nothing", met[spoilt], reference, now="lines")
    fewer = (met["lines"] < met["before"]) & ~newer & ~spoilt & (not data.shown_what_stands)
    yield _whole_returns("fewer_lines", met[fewer], reference, before="before", now="lines", less="less")
    if verdict.table.contract.counted is None:
        return
    same = met[(met["lines"] == met["before"]) & (met["total"] == met["present_total"].fillna(0))]
    if "present_mark" in met:
        same = same[(same["mark"] == same["present_mark"]) | (same["present_mark"] == 0)]
    yield Breach(
        "same_as_before", None, same["first"].to_numpy()[:1], [{"count": len(same)}] * bool(len(same))
    )


def _whole_returns(rule: str, met: pd.DataFrame, reference: Reference, **columns: str) -> Breach:
    params = message_params(met, reference, **columns)
    if "sender" in met:
        of_whom = zip(params, met["sender"], met["day"], strict=True)
        params = [{**of_return, "sender": sender, "date": day} for of_return, sender, day in of_whom]
    return Breach(rule, None, met["first"].to_numpy(), params)
