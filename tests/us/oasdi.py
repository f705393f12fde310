"""A real published table as scheme returns: Old-Age, Survivors, and Disability Insurance, 2013 and 2014.

US Social Security Administration, Annual Statistical Supplement, table 5.J2: beneficiaries in December by
area and type of benefit. A work of the United States government, in the public domain.
"""

from pathlib import Path

import pandas as pd

COUNTRY = Path(__file__).parent / "country"
TABLE = Path(__file__).parent / "oasdi_2013_2014.csv"

NATION = "All areas"
HEADING = "Outlying areas"
"""A line of the table without figures."""


def returns(path: Path = TABLE) -> pd.DataFrame:
    """The areas' lines, in the columns of `scheme_returns`: sex not stated, all ages together."""
    codes = pd.read_csv(COUNTRY / "areas.csv").set_index("name")["code"]
    table = _long(path)
    table = table[~table["area"].isin([NATION, HEADING]) & (table["scheme"] != "_T")]
    return pd.DataFrame(
        {
            "period": table["period"],
            "area_code": table["area"].map(codes),
            "scheme": table["scheme"],
            "sex": "U",
            "age_group": "_T",
            "beneficiaries": table["beneficiaries"].astype("int64"),
        }
    ).reset_index(drop=True)


def official(path: Path = TABLE) -> pd.Series:
    """The published national totals by period and scheme; scheme `_T` is the total over the types."""
    table = _long(path)
    return table[table["area"] == NATION].set_index(["period", "scheme"])["beneficiaries"].astype("int64")


def _long(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype={"year": str}).rename(columns={"year": "period", "total": "_T"})
    return table.melt(["period", "area"], var_name="scheme", value_name="beneficiaries")
