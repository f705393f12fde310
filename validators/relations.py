"""Rules between the values of a row: does this area, in this period, report this scheme?

They are asked once per return (period × area × scheme), whatever the number of its lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Scheme
from countries.period import Period
from validators.contract import Contract
from validators.dates import parsed
from validators.messages import FORMS, words
from validators.reference import Reference


@dataclass(frozen=True)
class Breach:
    """`places`: the rows of the examined frame that break the rule, `params`: of the message of each of them."""

    rule: str
    column: str | None
    places: np.ndarray
    params: list[dict[str, Any]]


def relations(contract: Contract, returns: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """`returns`: the distinct combinations of the dating column, `area_code` and `scheme`, as texts."""
    dating = contract.period
    periods = _periods(returns[dating.name]) if dating else pd.Series(None, index=returns.index, dtype=object)
    if "scheme" in returns and dating is not None:
        yield from _schemes(returns, periods, reference, dating.name, dating.of_scheme)
    if "area_code" in returns:
        yield from _validity(returns, periods, reference)
        yield from _layers(contract, returns, reference)


def _periods(texts: pd.Series) -> pd.Series:
    known = {text: parsed(text) for text in texts.dropna().unique()}
    return texts.astype(object).map(known)


def _schemes(
    returns: pd.DataFrame, periods: pd.Series, reference: Reference, dating: str, of_scheme: bool
) -> Iterator[Breach]:
    """The period is of the scheme's frequency, and the scheme runs in it."""
    schemes = {scheme.id: scheme for scheme in reference.country.schemes}
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    pairs = pd.DataFrame({"scheme": returns["scheme"].to_numpy(), "period": returns[dating].to_numpy()})
    for (scheme_id, key), places in pairs.groupby(["scheme", "period"], sort=False).indices.items():
        scheme, period = schemes.get(scheme_id), periods.iloc[places[0]]
        if scheme is None or not isinstance(period, Period):
            continue
        for rule, params in _scheme_breaches(scheme, period, of_scheme):
            found.setdefault(rule, []).extend((place, {"period": key, **params}) for place in places)
    for rule, breaches in found.items():
        column = dating if rule == "wrong_kind" else "scheme"
        yield Breach(
            rule, column, np.array([place for place, _ in breaches]), [params for _, params in breaches]
        )


def _scheme_breaches(scheme: Scheme, period: Period, of_scheme: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    if of_scheme and period.kind != scheme.frequency:
        yield (
            "wrong_kind",
            {
                "scheme": dict(scheme.names),
                "expected": words()["monthly" if scheme.frequency == "M" else "yearly"],
                "given": words()["a_month" if period.kind == "M" else "a_year"],
                "example": FORMS[scheme.frequency],
            },
        )
    elif scheme.starts and period.ends_on < scheme.starts:
        yield "scheme_not_started", {"scheme": dict(scheme.names), "date": scheme.starts.isoformat()}
    elif scheme.ends and period.starts_on > scheme.ends:
        yield "scheme_ended", {"scheme": dict(scheme.names), "date": scheme.ends.isoformat()}


def _validity(returns: pd.DataFrame, periods: pd.Series, reference: Reference) -> Iterator[Breach]:
    """The area existed on some day of the period."""
    dated = pd.DataFrame(
        {
            "place": np.arange(len(returns)),
            "code": returns["area_code"].to_numpy(),
            "starts": _days(periods, "starts_on"),
            "ends": _days(periods, "ends_on"),
        }
    ).dropna()
    met = dated.merge(reference.areas[["code", "valid_from", "valid_to"]], on="code")
    met["before"] = met["valid_from"] > met["ends"]
    met["outside"] = met["before"] | (met["valid_to"] <= met["starts"])
    if not met["outside"].any():
        return
    strange = met[met.groupby("place")["outside"].transform("all")]
    strange = strange.sort_values("valid_from").drop_duplicates("place", keep="last")
    for rule, broken, day in (
        ("area_not_yet", strange[strange["before"]], "valid_from"),
        ("area_closed", strange[~strange["before"]], "valid_to"),
    ):
        params = [
            {
                "area": reference.name(row.code),
                "period": periods.iloc[row.place].key,
                "date": f"{when:%Y-%m-%d}",
            }
            for row, when in zip(broken.itertuples(), broken[day], strict=True)
        ]
        yield Breach(rule, "area_code", broken["place"].to_numpy(), params)


def _days(periods: pd.Series, end: str) -> pd.Series:
    days = [getattr(period, end) if isinstance(period, Period) else None for period in periods]
    return pd.Series(pd.to_datetime(pd.Series(days, dtype=object))).astype("datetime64[s]")


def _layers(contract: Contract, returns: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """The area is of the layer at which the scheme reports, or at which flash reports are filed."""
    country = reference.country
    given = returns["area_code"].map(reference.depth_of)
    if contract.area_layer == "scheme":
        depths = {scheme.id: country.depth(scheme.layer) for scheme in country.schemes}
        expected = returns["scheme"].map(depths)
        wrong = given.notna() & expected.notna() & (given != expected)
        what = {scheme.id: dict(scheme.names) for scheme in country.schemes}
    elif contract.area_layer == "flash" and country.calendar.flash_reports:
        depth = country.depth(country.calendar.flash_reports.layer)
        expected = pd.Series(depth, index=returns.index)
        wrong, what = given > expected, {}
    else:
        return
    if not wrong.any():
        return
    layers = [dict(layer.names) for layer in country.layers]
    yield Breach(
        "wrong_layer" if contract.area_layer == "scheme" else "too_low_layer",
        "area_code",
        np.flatnonzero(wrong.to_numpy()),
        [
            {
                "area": reference.name(row.area_code),
                "given": layers[int(given[place])],
                "expected": layers[int(expected[place])],
                "what": what.get(getattr(row, "scheme", ""), ""),
            }
            for place, row in zip(returns.index[wrong], returns[wrong].itertuples(), strict=True)
        ],
    )
