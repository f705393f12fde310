"""What a due day or a report is about."""

from typing import Any

from countries.model import Country
from sala.translation.translator import Translator


def row_title(row: dict[str, Any], country: Country, t: Translator) -> str:
    """The scheme of a row, or its dataset where there is none."""
    scheme = next((s for s in country.schemes if s.id == row["scheme"]), None)
    return t.name(scheme.names) if scheme else t(f"dataset.{row['dataset']}")
