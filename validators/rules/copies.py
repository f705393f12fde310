"""Returns for which nothing stands, and which say what others of their areas say: another period's or scheme's; or what
was withdrawn.
"""

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract
from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns


def copy_breach(own: Returns, contract: Contract, standing: Standing, reference: Reference) -> Breach:
    """One problem for each period and subject of the file of which nearly all lines stand under another.

    One return can be as it was the month before by chance, so a file with a few such lines never is a copy.
    """
    if standing.twins.empty:
        return Breach("copied", None, np.empty(0, dtype=np.int64), [])
    key = list(own.key)
    about = [name for name in key if name != "area_code"]
    others = [f"{name}_there" for name in about]
    limit = limits("copied", reference.country, contract)
    new = standing.new(own)
    met = new.merge(
        standing.twins.astype(dict.fromkeys(key, "str")), on=["area_code", "mark"], suffixes=("", "_there")
    )
    met = met[(met[about].to_numpy() != met[others].to_numpy()).any(axis=1)]
    copied = met.groupby([*about, *others], sort=False, as_index=False).agg(
        first=("first", "min"), lines=("lines", "sum"), count=("first", "size")
    )
    copied = copied.sort_values("lines", ascending=False).drop_duplicates(about)
    copied = copied.merge(new.groupby(about)["lines"].sum().rename("of_lines").reset_index(), on=about)
    copied = copied[copied["lines"] >= limit["share"] * copied["of_lines"]]
    if copied["lines"].sum() < limit["lines"]:
        copied = copied[:0]
    params = [
        {
            "count": row["count"],
            "value": ", ".join(str(row[name]) for name in about),
            "other": ", ".join(str(row[name]) for name in others),
        }
        for row in copied.to_dict("records")
    ]
    return Breach("copied", None, copied["first"].to_numpy(dtype="int64"), params)


def withdrawn_breach(own: Returns, standing: Standing, reference: Reference) -> Breach:
    """The returns that would let stand again what somebody withdrew."""
    withdrawn = standing.withdrawn if standing.withdrawn is not None else pd.DataFrame()
    if withdrawn.empty:
        return Breach("was_withdrawn", None, np.empty(0, dtype=np.int64), [])
    key = [*own.key, "mark"]
    latest = withdrawn.astype(dict.fromkeys(own.key, "str")).sort_values("withdrawal_id")
    met = standing.new(own).merge(latest.drop_duplicates(key, keep="last"), on=key)
    params = [
        {
            "area": reference.name(row["area_code"]),
            "sender": row["sender"],
            "date": row["day"],
            "why": row["because"],
        }
        for row in met.to_dict("records")
    ]
    return Breach("was_withdrawn", None, met["first"].to_numpy(dtype="int64"), params)
