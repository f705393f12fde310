"""Returns for which nothing stands yet, and which say what others of their areas say: another period's or scheme's."""

import numpy as np

from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns


def copy_breach(own: Returns, standing: Standing, reference: Reference) -> Breach:
    """One problem for each period and subject of the file of which nearly all lines stand under another.

    One return can be as it was the month before by chance, so a file with a few such lines never is a copy.
    """
    if standing.twins.empty:
        return Breach("copied", None, np.empty(0, dtype=np.int64), [])
    key = list(own.key)
    about = [name for name in key if name != "area_code"]
    others = [f"{name}_there" for name in about]
    limit = limits("copied", reference.country)
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
