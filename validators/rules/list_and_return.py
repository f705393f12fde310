"""Persons of a list against the return of their scheme, where both stand: sums count the one, unions the other."""

import numpy as np

from validators.messages import limits
from validators.reference import Reference
from validators.rules.above_and_below import sent_by
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns


def list_and_return_breach(own: Returns, dataset: str, standing: Standing, reference: Reference) -> Breach:
    """One problem for each area and scheme of which a list and a return count another number of persons."""
    rule = "list_and_return"
    if standing.counted_otherwise is None or standing.counted_otherwise.empty:
        return Breach(rule, None, np.empty(0, dtype=np.int64), [])
    is_list, key = dataset == "beneficiary_list", list(own.key)
    ours = own.frame.assign(counted=own.frame["lines"] if is_list else own.frame["total"])
    if is_list:
        depth = {scheme.id: reference.country.depth(scheme.layer) for scheme in reference.country.schemes}
        areas = zip(ours["area_code"], ours["scheme"], strict=True)
        ours = ours.assign(area_code=[area_at(area, depth[scheme], reference) for area, scheme in areas])
        ours = ours.groupby(key, as_index=False, sort=False).agg(
            counted=("counted", "sum"), first=("first", "min")
        )
    ours = ours[[*key, "counted", "first"]]
    met = ours.merge(standing.counted_otherwise.astype(dict.fromkeys(key, "str")), on=key)
    apart = (met["counted"] - met["total"]).abs() > limits(rule, reference.country)["share"] * met["total"]
    names = {scheme.id: dict(scheme.names) for scheme in reference.country.schemes}
    params = [
        {
            "area": reference.name(row["area_code"]),
            "scheme": names[row["scheme"]],
            "period": row["period"],
            "counted": int(row["total"] if is_list else row["counted"]),
            "listed": int(row["counted"] if is_list else row["total"]),
            "whence": sent_by(row["sender"], row["day"]),
        }
        for row in met[apart].to_dict("records")
    ]
    return Breach(rule, None, met.loc[apart, "first"].to_numpy(dtype=np.int64), params)


def area_at(code: str, depth: int, reference: Reference) -> str:
    """The area of a layer in which an area lies; itself where it is of that layer or above (core.area_at)."""
    while reference.depth_of.get(code, 0) > depth and (above := reference.parent_of.get(code)):
        code = above
    return code
