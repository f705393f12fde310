"""A made-up list of persons: those whom one area's returns count, of whom some are in several schemes."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from countries.model import Country
from countries.sample.people import ALL_AGES

ALSO_ELSEWHERE = 4
"""One in so many persons of a scheme is in one of the schemes before it too, as far as these have anybody alike."""

OLDEST = 15
"""Years beyond the lowest age of the last age group, which has no end."""


def beneficiary_list(month: pd.DataFrame, schemes: tuple[str, ...], country: Country) -> pd.DataFrame:
    """A row for each person whom these lines count for these schemes, in the columns of `beneficiary_list`.

    `month`: lines of `scheme_returns` of one period.
    """
    listed = pd.DataFrame({"person_id": [], "sex": [], "birth_year": []})
    rows: list[pd.DataFrame] = []
    for scheme in schemes:
        lines = month[month["scheme"] == scheme]
        of_scheme = [_persons(line, listed, country) for line in lines.to_dict("records")]
        rows += of_scheme
        listed = pd.concat([listed, *of_scheme], ignore_index=True)[listed.columns]
    return pd.concat(rows, ignore_index=True)


def _persons(line: Mapping[Hashable, Any], listed: pd.DataFrame, country: Country) -> pd.DataFrame:
    """The persons of one line: a share of those listed before, of its sex and ages, and new ones with numbers of the
    line's own, the same in every month."""
    count, year = int(str(line["beneficiaries"])), int(str(line["period"])[:4])
    low, high, place = _ages(line, country)
    schemes = [scheme.id for scheme in country.schemes]
    alike = listed[(listed["sex"] == line["sex"]) & listed["birth_year"].between(year - high, year - low)]
    known = alike.drop_duplicates("person_id").head(count // ALSO_ELSEWHERE)
    number = pd.Series(range(count - len(known)), dtype="int64")
    own = pd.DataFrame(
        {
            # area, scheme, sex, age group, number: as long for all, as identity numbers are
            "person_id": f"{line['area_code']:0<8}{schemes.index(str(line['scheme'])) + 1:02}"
            f"{'FMXU'.index(str(line['sex'])) + 1}{place}" + number.astype(str).str.zfill(5),
            "sex": line["sex"],
            "birth_year": year - low - number * 7 % (high - low + 1),
        }
    )
    persons = pd.concat([known, own], ignore_index=True)
    for name in ("scheme", "area_code", "period"):
        persons.insert(0, name, line[name])
    paid = line.get("amount_paid")
    return persons if not count or pd.isna(paid) else persons.assign(amount_paid=int(paid) // count)


def _ages(line: Mapping[Hashable, Any], country: Country) -> tuple[int, int, int]:
    """The lowest and the highest age of a line's persons, and the place of its age group in the country, from 1."""
    scheme, name = country.scheme(str(line["scheme"])), line["age_group"]
    names = [group.id for group in country.age_groups]
    groups = scheme.eligible.age_groups or names if name == ALL_AGES else [str(name)]
    inside = [group for group in country.age_groups if group.id in groups]
    high = inside[-1].high or inside[-1].low + OLDEST
    return inside[0].low, high, 0 if name == ALL_AGES else names.index(str(name)) + 1
