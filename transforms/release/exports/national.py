"""The national dataflow: everything in public tables, with a structure made from what the release says it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)

from transforms.release.exports.observations import (
    SEXES,
    STATUSES,
    TOTAL,
    code,
    comments,
    frequency,
    written,
)

ID, VERSION = "SALA_COVERAGE", "1.0"
DIMENSIONS = ("FREQ", "PUBLIC_TABLE", "UNIT_MEASURE", "INDICATOR", "SCHEME", "REF_AREA", "SEX", "AGE")
UNITS = {
    "PS": "Persons", "HH": "Households", "CUR": "National currency", "RETURN": "Returns", "PT": "Percent",
    "RATIO": "Ratio", "CUR_EACH": "National currency each", "POINT": "Percentage points",
}  # fmt: skip
COUNTED = {"person": "PS", "child": "PS", "household": "HH", "currency": "CUR", "return": "RETURN"}
"""By the unit of an indicator: of its numerator and denominator."""
SHOWN_IN = {"percent": "PT", "ratio": "RATIO", "currency": "CUR_EACH", "points": "POINT"}
"""By what an indicator is shown in: of its value."""
SCALES = {"PT": 100, "POINT": 100}
STATUS_NAMES = {
    "A": "Normal value",
    "P": "Provisional value",
    "Q": "Missing value; suppressed",
    "L": "Missing value; data exist but were not collected",
    "O": "Missing value",
}  # fmt: skip
TOTALS = {TOTAL: "Total, or no breakdown"}
_NAMES = {
    "FREQ": "Frequency", "PUBLIC_TABLE": "Public table", "UNIT_MEASURE": "Unit of measure", "INDICATOR": "Indicator",
    "SCHEME": "Scheme", "REF_AREA": "Reference area", "SEX": "Sex", "AGE": "Age", "TIME_PERIOD": "Time period",
    "OBS_VALUE": "Observation value", "OBS_STATUS": "Observation status", "UNIT_MULT": "Unit multiplier",
    "LOWER_BOUND": "Lower bound", "UPPER_BOUND": "Upper bound", "DENOMINATOR": "Denominator, persons",
    "COMPLETENESS": "Returns received of those expected, percent", "COMMENT_OBS": "Comment",
}  # fmt: skip
_DECIMALS = ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND", "DENOMINATOR", "COMPLETENESS")


def structure(agency: str, names: Mapping[str, dict[str, str]]) -> DataStructureDefinition:
    """The structure. `names`: section → code → name; of public_tables, indicators, schemes, areas and age_groups."""
    lists = {
        "FREQ": {"A": "Annual", "M": "Monthly", "W": "Weekly"},
        "PUBLIC_TABLE": TOTALS | names["public_tables"],
        "UNIT_MEASURE": UNITS,
        "INDICATOR": TOTALS | names["indicators"],
        "SCHEME": TOTALS | names["schemes"],
        "REF_AREA": names["areas"],
        "SEX": TOTALS | {"F": "Female", "M": "Male", "_O": "Other", "_U": "Unknown"},
        "AGE": TOTALS | names["age_groups"],
        "OBS_STATUS": STATUS_NAMES,
        "UNIT_MULT": {"0": "Units"},
    }
    codelists = {
        name: Codelist(
            id=f"CL_{name}", agency=agency, version=VERSION, name=_NAMES[name],
            items=[Code(code(one), name=said or one) for one, said in codes.items()],
        )
        for name, codes in lists.items()
    }  # fmt: skip

    def component(name: str, role: Role, required: bool, **more: Any) -> Component:
        concept = ItemReference("Concept", agency, f"CS_{ID}", VERSION, name)
        if name in codelists:
            more["local_codes"] = codelists[name]
        elif name == "TIME_PERIOD":
            more["local_dtype"] = DataType.PERIOD
        else:
            more["local_dtype"] = DataType.DOUBLE if name in _DECIMALS else DataType.STRING
        return Component(name, required, role, concept, **more)

    parts = [component(name, Role.DIMENSION, True) for name in (*DIMENSIONS, "TIME_PERIOD")]
    parts.append(component("OBS_VALUE", Role.MEASURE, False))
    for name in ("OBS_STATUS", "UNIT_MULT"):
        parts.append(component(name, Role.ATTRIBUTE, True, attachment_level="O"))
    for name in ("LOWER_BOUND", "UPPER_BOUND", "DENOMINATOR", "COMPLETENESS", "COMMENT_OBS"):
        parts.append(component(name, Role.ATTRIBUTE, False, attachment_level="O"))
    return DataStructureDefinition(
        id=ID, agency=agency, version=VERSION, name="Social protection", components=Components(parts)
    )


def artefacts(definition: DataStructureDefinition) -> list[Any]:
    """The structure with its code lists and concepts, and the dataflow."""
    codelists = [c.local_codes for c in definition.components if c.local_codes]
    concepts = [Concept(c.id, name=_NAMES[c.id]) for c in definition.components]
    agency = str(definition.agency)
    scheme = ConceptScheme(id=f"CS_{ID}", agency=agency, version=VERSION, name="Concepts", items=concepts)
    flow = Dataflow(id=ID, agency=agency, version=VERSION, name="Social protection", structure=definition)
    return [*codelists, scheme, definition, flow]


def observations(
    figures: pd.DataFrame, indicators: Mapping[str, Mapping[str, Any]], footnotes: Mapping[str, str]
) -> pd.DataFrame:
    """Two observations a figure: what was counted, and the value where there is one, or a denominator or a bound.

    `figures`: table, period, area, sex, age_group, scheme, indicator, count, denominator, value, lower_bound,
    upper_bound, completeness, status, footnotes. `indicators`: the definition of each by its code. Women compared with
    men have no count.
    """
    counted = {one: COUNTED[said["unit"]] for one, said in indicators.items()}
    shown = {one: SHOWN_IN.get(said.get("shown_in", "percent")) for one, said in indicators.items()}
    valued = figures[["denominator", "value", "lower_bound", "upper_bound"]].notna().any(axis=1)
    values = figures.assign(unit=figures["indicator"].map(shown), of="value")[valued]
    compared = figures["indicator"].isin([one for one, said in indicators.items() if said.get("gap")])
    counts = figures.assign(unit=figures["indicator"].map(counted).fillna("PS"), of="count")[~compared]
    both = pd.concat([counts, values[values["unit"].notna()]], ignore_index=True)
    is_value = both["of"] == "value"
    scale = both["unit"].map(SCALES).fillna(1).astype(int)
    observed = {
        "FREQ": frequency(both["period"]),
        "PUBLIC_TABLE": both["table"].map(code),
        "UNIT_MEASURE": both["unit"],
        "INDICATOR": both["indicator"].map(code),
        "SCHEME": both["scheme"].map(code),
        "REF_AREA": both["area"].map(code),
        "SEX": both["sex"].map(SEXES),
        "AGE": both["age_group"].map(code),
        "TIME_PERIOD": both["period"],
        "OBS_VALUE": written(both["value"] * scale).where(is_value, written(both["count"])),
        "OBS_STATUS": both["status"].map(STATUSES),
        "UNIT_MULT": "0",
        "LOWER_BOUND": written(both["lower_bound"] * scale).where(is_value, ""),
        "UPPER_BOUND": written(both["upper_bound"] * scale).where(is_value, ""),
        "DENOMINATOR": written(both["denominator"]),
        "COMPLETENESS": written(both["completeness"] * 100),
        "COMMENT_OBS": comments(both, footnotes),
    }
    return pd.DataFrame(observed).astype(object)
