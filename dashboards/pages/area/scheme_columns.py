"""Columns of the table of schemes: the sexes, and where some scheme has them, the way from an application to a timely
payment, persons whose place is not known, population groups. What was due and did not come is not reported, never zero.
"""

from collections.abc import Sequence

from countries.declarations.schemes import Scheme
from countries.model import Country
from dashboards.components.table_data import Cell, Column, Noted, Unknown
from dashboards.models.area_profile import SchemeLine
from sala.translation.translator import Translator
from validators.contracts.contract import contract, in_language
from validators.messages import words

_SEXES = {"women": "F", "men": "M", "another": "X"}


def sex_columns(lines: Sequence[SchemeLine], t: Translator) -> list[Column]:
    """Women and men; another gender, sex not stated and the remainders of published totals where there are any."""
    extra = {
        "another": any("X" in line.by_sex for line in lines),
        "not_stated": any(_not_stated(line) for line in lines),
        "not_told_apart": any(line.not_told_apart for line in lines),
        "rounding": any(line.rounding for line in lines),
    }
    return [Column(key, t(f"column.{key}")) for key in ("women", "men", *extra) if extra.get(key, True)]


def persons_of_sex(line: SchemeLine, key: str, country: Country, t: Translator) -> Cell:
    """Persons of a scheme in one of `sex_columns`; None where the scheme is not meant for the sex."""
    if key not in _SEXES:
        return (_not_stated(line) if key == "not_stated" else getattr(line, key)) or None
    sex = _SEXES[key]
    if sex in line.by_sex:
        return _noted(line.by_sex[sex], line.left_out.get((sex, "beneficiaries"), 0), t)
    scheme = _scheme(line, country)
    if scheme is not None and sex not in scheme.sexes_told_apart:
        return None
    told_together = "U" in line.by_sex and not line.left_out.get((sex, "beneficiaries"))
    return Unknown.NOT_TOLD_APART if told_together else Unknown.NOT_REPORTED


def total(line: SchemeLine, t: Translator) -> Cell:
    """All persons of a scheme; a note where some are not among them."""
    if line.total is None:
        return Unknown.NOT_REPORTED
    left_out = max((n for (_, measure), n in line.left_out.items() if measure == "beneficiaries"), default=0)
    return _noted(line.total, left_out, t)


def further_figure(line: SchemeLine, key: str, country: Country, t: Translator) -> Cell:
    """One of the further columns; None where the scheme's returns are not asked for it."""
    if key in line.further:
        left_out = max((n for (_, measure), n in line.left_out.items() if measure == key), default=0)
        return _noted(line.further[key], left_out, t)
    return Unknown.NOT_REPORTED if key in _requested(line, country) else None


def _noted(value: int, left_out: int, t: Translator) -> Cell:
    return Noted(value, t("schemes.left_out", n=left_out)) if left_out else value


def _not_stated(line: SchemeLine) -> int:
    return line.by_sex.get("U", 0) - line.not_told_apart - line.rounding


def _scheme(line: SchemeLine, country: Country) -> Scheme | None:
    return next((scheme for scheme in country.schemes if scheme.id == line.scheme), None)


def _requested(line: SchemeLine, country: Country) -> tuple[str, ...]:
    scheme = _scheme(line, country)
    return scheme.reports if scheme else ()


def further_columns(lines: Sequence[SchemeLine], country: Country, t: Translator) -> list[Column]:
    """The further figures that any of the schemes has or is asked for, in the order of their contract."""
    reported = {name for line in lines for name in (*line.further, *_requested(line, country))}
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
