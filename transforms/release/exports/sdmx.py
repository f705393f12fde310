"""Data and structures written as SDMX-CSV 2.0 and SDMX-ML, their codes checked, and validated by the schemas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from pysdmx.io import read_sdmx, write_sdmx
from pysdmx.io.format import Format as Sdmx
from pysdmx.io.pd import PandasDataset
from pysdmx.io.xml.doc_validation import validate_doc
from pysdmx.model import Codelist, DataStructureDefinition, Organisation, Role
from pysdmx.model.message import Header

from sala.errors import Invalid


def csv(structure: DataStructureDefinition, data: pd.DataFrame) -> bytes:
    """SDMX-CSV 2.0. Raises Refusal for codes that the structure does not have.

    Written here, because pysdmx writes NaN where a structure wants a value and none is shown.
    """
    refuse_unknown_codes(structure, data)
    place = structure.short_urn.partition("=")[2]
    rows = pd.DataFrame({"STRUCTURE": "datastructure", "STRUCTURE_ID": place, "ACTION": "I"}, data.index)
    return _checked(rows.join(data).to_csv(index=False, lineterminator="\n"))


def ml(
    structure: DataStructureDefinition, data: pd.DataFrame, sender: str, name: str, version: str = "3.0"
) -> bytes:
    """SDMX-ML of a version, structure-specific. Raises Refusal for codes that the structure lacks.

    2.1 is by time series, as the agencies of the SDGs read it; 3.0 is flat, for a release is one period of many series,
    and pysdmx writes these one by one.
    """
    refuse_unknown_codes(structure, data)
    format = {"3.0": Sdmx.DATA_SDMX_ML_3_0, "2.1": Sdmx.DATA_SDMX_ML_2_1_STR}[version]
    text = write_sdmx(
        PandasDataset(structure=structure.to_schema(), data=data),
        format,
        header=_header(sender, name),
        dimension_at_observation={structure.short_urn: "TIME_PERIOD"} if version == "2.1" else None,
    )
    validate_doc(text or "")  # by the schemas alone: reading it back takes as long as writing it
    return (text or "").encode()


def structures(artefacts: Sequence[Any], sender: str, name: str) -> bytes:
    """Code lists, concepts, structure and dataflow as SDMX-ML 3.0."""
    return _checked(write_sdmx(artefacts, Sdmx.STRUCTURE_SDMX_ML_3_0, header=_header(sender, name)))


def codes(structure: DataStructureDefinition, component: str) -> set[str] | None:
    """The codes that a component may have; None where it has no list."""
    listed = structure.components[component].enumeration
    return {one.id for one in listed.items} if isinstance(listed, Codelist) else None


def refuse_unknown_codes(structure: DataStructureDefinition, data: pd.DataFrame) -> None:
    """Raise Refusal where a column is no component, a needed one is missing, or a code is not in its list."""
    known = {component.id: component for component in structure.components}
    needed = {one.id for one in known.values() if one.required and one.role is not Role.MEASURE}
    if odd := (set(data) - set(known)) | (needed - set(data)):
        raise Invalid("sdmx_components", structure=structure.short_urn, components=sorted(odd))
    for name in map(str, data):
        listed = codes(structure, name)
        used = {value for value in data[name].unique() if value or known[name].required}
        if listed is not None and (strangers := sorted(used - listed)):
            raise Invalid("sdmx_codes", component=name, codes=strangers[:10], structure=structure.short_urn)


def _header(sender: str, name: str) -> Header:
    return Header(id=name, prepared=datetime.now(UTC).replace(microsecond=0), sender=Organisation(id=sender))


def _checked(text: str | None) -> bytes:
    """The text as bytes, once it has been read against the schemas."""
    content = (text or "").encode()
    read_sdmx(io.BytesIO(content), validate=True)
    return content
