"""Persons of a list who stand in the list of another area for the same period and scheme: they would be paid twice."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.categories import combined
from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing


def elsewhere_breaches(good: pd.DataFrame, standing: Standing, reference: Reference) -> Iterator[Breach]:
    """One problem for each return of another area in which some of the file's persons stand, at the file's first row,
    and for each area of the file whose persons another of its areas has too. Most of a list is one that was sent twice.
    """
    if standing.elsewhere is None:
        return
    found = pd.concat([_in_file(good), standing.elsewhere.assign(first=0, persons=len(good))])
    limit = limits("list_elsewhere", reference.country)
    twice = (found["count"] >= limit["share"] * found["persons"]) & (found["count"] >= limit["least"])
    for rule, rows in (("list_elsewhere", found[twice]), ("person_elsewhere", found[~twice])):
        params = [
            {
                "count": int(row["count"]),
                "area": reference.name(str(row["area_code"])),
                "period": str(row["period"]),
                "total": int(row["persons"]),
            }
            for row in rows.to_dict("records")
        ]
        yield Breach(rule, None, rows["first"].to_numpy(dtype=np.int64), params)


def _in_file(good: pd.DataFrame) -> pd.DataFrame:
    """Of each area of the file, how many of its persons another one further up has too for a period and scheme:
    period, area_code (of the other), count, first (the place of the first of them), persons (of the area).
    """
    key, of_area = ["period", "scheme", "person_id"], ["period", "scheme", "area_code"]
    named = combined([good[name].array for name in key])
    twice = np.flatnonzero(pd.Series(named).duplicated(keep=False))
    several = good[[*key, "area_code"]].iloc[twice].astype("str").assign(place=twice)
    pairs = several.merge(several, on=key, suffixes=("", "_other"))
    pairs = pairs[pairs["place_other"] < pairs["place"]]
    counted = pairs.groupby([*of_area, "area_code_other"], sort=False, as_index=False).agg(
        count=("place", "size"), first=("place", "min")
    )
    if counted.empty:
        return counted.assign(area_code=[], persons=[])
    persons = good[of_area].astype("str").groupby(of_area).size().rename("persons").reset_index()
    counted = counted.merge(persons, on=of_area).drop(columns="area_code")
    return counted.rename(columns={"area_code_other": "area_code"})
