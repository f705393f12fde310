"""Columns of the table of schemes that are there only where somebody reported them: the way from an application to a
timely payment, persons whose place is not known, population groups.
"""

from collections.abc import Sequence

from countries.model import Country
from dashboards.components.table_data import Column
from dashboards.models.area_profile import SchemeLine
from sala.translation.translator import Translator
from validators.contracts.contract import contract, in_language
from validators.messages import words


def further_columns(lines: Sequence[SchemeLine], t: Translator) -> list[Column]:
    """The further figures that any of the schemes has, in the order of their contract."""
    reported = {name for line in lines for name in line.further}
    labels = {
        column.name: in_language(column.label, t.language) for column in contract("scheme_returns").columns
    }
    labels["place_not_known"] = t("schemes.place_not_known")
    return [Column(name, label) for name, label in labels.items() if name in reported]


def group_columns(lines: Sequence[SchemeLine], country: Country, t: Translator) -> list[Column]:
    """The population groups by which any of the schemes breaks its persons down."""
    reported = {group for line in lines for group in line.by_group}
    return [
        Column(group.id, t("schemes.of_group", group=t.name(group.names, group.id)))
        for group in country.groups
        if group.id in reported
    ]


def unit_suffix(line: SchemeLine, t: Translator) -> str:
    """What a scheme counts, behind its name; nothing where that is persons."""
    return "" if line.unit == "persons" else f" ({in_language(words()[line.unit], t.language)})"
