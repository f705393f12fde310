"""Good rows against what is known already: scope, closed periods, population, history, what stands.

Needs no database: the frames are passed in, and what is not passed in is not checked. Severity and
thresholds stand in `rules.yaml`; the country folder may set others under `checks:`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.contract import Contract
from validators.denominators import above_population
from validators.findings import Findings
from validators.history import jumps
from validators.messages import limits
from validators.reference import Reference
from validators.relations import Breach
from validators.returns import Returns, told
from validators.verdict import Verdict


@dataclass(frozen=True)
class Known:
    """What is known before the file, each frame optional.

    scope: codes of the areas the sender may report for. closed: keys of closed periods.
    population: year, area_code, sex, age_group, population.
    history: area_code, scheme, period, beneficiaries: the return's total, one row an earlier return.
    standing: period, area_code, scheme, lines, beneficiaries: the returns that this file would replace.
    below: period, area_code, scheme, beneficiaries: what the areas below an area report together.
    """

    scope: frozenset[str] | None = None
    closed: frozenset[str] = frozenset()
    population: pd.DataFrame | None = None
    history: pd.DataFrame | None = None
    standing: pd.DataFrame | None = None
    below: pd.DataFrame | None = None


def crosscheck(verdict: Verdict, reference: Reference, known: Known) -> Verdict:
    """The verdict with what the cross-checks found. A check may reject rows that were good by themselves."""
    if verdict.table is None or not verdict.rows_accepted:
        return verdict
    contract, good, country = verdict.table.contract, verdict.good, reference.country
    findings = Findings(contract, country, verdict.problems)
    for breach in _breaches(contract, good, reference, known):
        column = contract.column(breach.column) if breach.column else None
        rows = good["row_number"].to_numpy()[breach.places]
        findings.add(column, rows, [_value(params) for params in breach.params], breach.rule, breach.params)
    return replace(verdict, problems=findings.frame())


def _value(params: dict[str, Any]) -> str | None:
    return str(params["value"]) if "value" in params else None


def _breaches(contract: Contract, good: pd.DataFrame, reference: Reference, known: Known) -> Iterator[Breach]:
    if known.scope is not None:
        strange = ~good["area_code"].isin(known.scope)
        yield _marked("out_of_scope", "area_code", good, strange.to_numpy(), reference)
    if known.closed and contract.period:
        closed = good[contract.period.name].astype("str").isin(known.closed)
        yield _marked("closed_period", contract.period.name, good, closed.to_numpy(), reference)
    if contract.dataset != "scheme_returns":
        return
    yield _repeated(good, reference.country)
    returns = Returns.of(good, contract.return_key)
    if known.population is not None:
        yield from above_population(good, returns, known.population, reference)
    if known.history is not None:
        yield jumps(returns, known.history, reference)
    if known.standing is not None:
        yield from _against_standing(returns, known.standing, reference)
    if known.below is not None:
        yield _against_parts(returns, known.below, reference)


def _marked(rule: str, column: str, good: pd.DataFrame, marked: np.ndarray, reference: Reference) -> Breach:
    places = np.flatnonzero(marked)
    texts = good[column].iloc[places].astype("str")
    said = {text: {"value": text, "area": reference.name(text)} for text in texts.unique()}
    return Breach(rule, column, places, [said[text] for text in texts])


def _repeated(good: pd.DataFrame, country: Country) -> Breach:
    """One value copied down a column: said once, at the first row of the run."""
    threshold = limits("repeated_value", country)
    values = good["beneficiaries"].to_numpy(dtype=np.int64, na_value=0)
    starts = np.flatnonzero(np.diff(values, prepend=values[0] - 1))
    length = np.diff(starts, append=len(values))
    long = (length >= threshold["rows"]) & (values[starts] >= threshold["least"])
    said: list[dict[str, Any]] = [
        {"value": int(values[place]), "count": int(count)}
        for place, count in zip(starts[long], length[long], strict=True)
    ]
    return Breach("repeated_value", "beneficiaries", starts[long], said)


def _against_standing(returns: Returns, standing: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """Returns that would replace one with more lines; and, said once, how many say what stands already."""
    met = returns.met_with(standing.rename(columns={"lines": "before", "beneficiaries": "stood"}))
    fewer = met[met["lines"] < met["before"]]
    said = told(fewer, reference, value="total", before="before", now="lines")
    yield Breach("fewer_lines", None, fewer["first"].to_numpy(), said)
    same = met[(met["lines"] == met["before"]) & (met["total"] == met["stood"])]
    yield Breach(
        "same_as_before", None, same["first"].to_numpy()[:1], [{"count": len(same)}] * bool(len(same))
    )


def _against_parts(returns: Returns, below: pd.DataFrame, reference: Reference) -> Breach:
    """An area's own total against the sum of the areas below it."""
    share = limits("below_the_parts", reference.country)["share"]
    met = returns.met_with(below.rename(columns={"beneficiaries": "parts"}))
    apart = met[(met["total"] - met["parts"]).abs() > share * met["parts"]]
    said = told(apart, reference, value="total", parts="parts")
    return Breach("below_the_parts", "beneficiaries", apart["first"].to_numpy(), said)
