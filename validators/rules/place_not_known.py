"""Returns of an area above the layer that reports a scheme: persons who cannot be placed below it."""

from collections import Counter
from operator import lt
from typing import Any

import numpy as np
import pandas as pd

from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns, message_params


def above_their_layer(returns: Returns, reference: Reference) -> np.ndarray:
    """Which returns come from an area above the layer that reports their scheme: booleans of shape (returns,)."""
    depths = {scheme.id: reference.country.depth(scheme.layer) for scheme in reference.country.schemes}
    depth_of_area = map(reference.depth_of.__getitem__, returns.frame["area_code"])
    depth_of_layer = map(depths.__getitem__, returns.frame["scheme"])
    return np.fromiter(map(lt, depth_of_area, depth_of_layer), dtype=bool, count=len(returns.frame))


def total_as_remainder(
    good: pd.DataFrame, returns: Returns, below: pd.DataFrame | None, reference: Reference
) -> Breach:
    """Such returns that come to what the areas below report together, in the file or (`below`) before it: their
    total, which would count everybody twice. `places`: every line of the return.
    """
    remainders = returns.frame[above_their_layer(returns, reference)]
    if remainders.empty:
        return Breach("total_as_remainder", "beneficiaries", np.empty(0, dtype=np.int64), [])
    key = list(returns.key)
    parts = _parts_in_file(returns, remainders, reference)
    if below is not None and len(below):
        for *names, total in below[[*key, "total"]].astype(dict.fromkeys(key, "str")).itertuples(index=False):
            parts[tuple(names)] = max(parts[tuple(names)], total)
    reported = [parts[names] for names in remainders[key].itertuples(index=False, name=None)]
    remainders = remainders.assign(parts=reported)
    share = limits("total_as_remainder", reference.country)["share"]
    totals = remainders[(remainders["parts"] > 0) & (remainders["total"] >= share * remainders["parts"])]
    params = message_params(totals, reference, value="total", parts="parts")
    params_of = dict(zip(totals[key].itertuples(index=False, name=None), params, strict=True))
    lines = list(good[key].astype("str").itertuples(index=False, name=None)) if params_of else []
    places = [place for place, names in enumerate(lines) if names in params_of]
    return Breach(
        "total_as_remainder",
        "beneficiaries",
        np.array(places, dtype=np.int64),
        [params_of[lines[place]] for place in places],
    )


def _parts_in_file(
    returns: Returns, remainders: pd.DataFrame, reference: Reference
) -> Counter[tuple[Any, ...]]:
    """Key of a return above its layer → what the file's returns of the areas below it come to."""
    wanted = set(remainders[list(returns.key)].itertuples(index=False, name=None))
    where = returns.key.index("area_code")
    parts: Counter[tuple[Any, ...]] = Counter()
    same_scheme = returns.frame["scheme"].isin(remainders["scheme"])
    rows = returns.frame[same_scheme][[*returns.key, "total"]]
    for *names, total in rows.itertuples(index=False):
        code = names[where]
        while code := reference.parent_of.get(code):
            names[where] = code
            if tuple(names) in wanted:
                parts[tuple(names)] += total
    return parts
