"""A small structure with the dimensions of SDG indicators, written as SDMX-ML 2.1 for the tests."""

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)

LISTS = {
    "FREQ": "A",
    "REPORTING_TYPE": "N G",
    "SERIES": "SI_COV_CHLD SI_COV_PENSN SI_COV_BENFTS",
    "REF_AREA": "XY XY01 XY02",
    "SEX": "_T F M _O _U",
    "AGE": "_T Y_GE65",
    "OBS_STATUS": "A P Q L O",
    "UNIT_MULT": "0",
    "UNIT_MEASURE": "PT",
    "NATURE": "C",
}
UNUSED = (
    "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN",
    "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
)  # fmt: skip
DIMENSIONS = ("FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", *UNUSED, "TIME_PERIOD")
ATTRIBUTES = {
    "OBS_STATUS": True, "UNIT_MULT": True, "UNIT_MEASURE": True, "NATURE": False, "COMMENT_OBS": False,
    "UPPER_BOUND": False, "LOWER_BOUND": False,
}  # fmt: skip


def write(path, **lists):
    """The structure as a file; `lists` replaces the codes of some lists."""
    codes = LISTS | dict.fromkeys(UNUSED, "_T") | lists
    codelists = {
        name: Codelist(
            f"CL_{name}", agency="IAEG-SDGs", version="1.4", name=name,
            items=[Code(one, name=one) for one in listed.split()],
        )
        for name, listed in codes.items()
    }  # fmt: skip

    def component(name, role, required=True, **more):
        concept = ItemReference("Concept", "IAEG-SDGs", "SDG_CONCEPTS", "1.4", name)
        kind = {"TIME_PERIOD": DataType.PERIOD, "OBS_VALUE": DataType.DOUBLE}.get(name, DataType.STRING)
        more |= {"local_codes": codelists[name]} if name in codelists else {"local_dtype": kind}
        return Component(name, required, role, concept, **more)

    parts = [component(name, Role.DIMENSION) for name in DIMENSIONS]
    parts.append(component("OBS_VALUE", Role.MEASURE))
    parts += [component(n, Role.ATTRIBUTE, needed, attachment_level="O") for n, needed in ATTRIBUTES.items()]
    concepts = [Concept(part.id, name=part.id) for part in parts]
    scheme = ConceptScheme("SDG_CONCEPTS", agency="IAEG-SDGs", version="1.4", name="C", items=concepts)
    structure = DataStructureDefinition(
        id="SDG", agency="IAEG-SDGs", version="1.4", name="SDG", components=Components(parts)
    )
    write_sdmx([*codelists.values(), scheme, structure], Format.STRUCTURE_SDMX_ML_2_1, str(path))
    return path
