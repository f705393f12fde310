"""The scheme directory as data: who may apply, how much, where, how to complain. Page and sheet show the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from countries.declarations.schemes import Scheme
from countries.model import Country
from sala.translation.translator import Translator


@dataclass(frozen=True)
class Entry:
    """A scheme in words of one language."""

    name: str
    who: str
    counts: str
    amount: str
    where: str
    source: str


def entries(country: Country, benefits: dict[str, dict[str, Any]], today: date, t: Translator) -> list[Entry]:
    """The schemes that hold today, in the order of the country folder."""
    return [
        Entry(
            t.name(scheme.names, scheme.id),
            _who(scheme, country, t),
            t.name(scheme.counts),
            _amount(scheme, benefits.get(scheme.id), country, t),
            t("directory.where", administrator=_administrator(scheme, country, t)),
            scheme.source,
        )
        for scheme in country.schemes
        if (scheme.starts is None or scheme.starts <= today) and (scheme.ends is None or scheme.ends >= today)
    ]


def complaints(country: Country, t: Translator) -> list[str]:
    """How a complaint can be made, and how long an answer may take."""
    declared = country.grievances
    if declared is None:
        return [t("directory.complain.hall")]
    ways = ", ".join(t.name(each.names, each.id) for each in declared.channels)
    about = ", ".join(t.name(each.names, each.id) for each in declared.categories)
    lines = [t("directory.complain.ways", ways=ways)] if ways else [t("directory.complain.hall")]
    return [
        *lines,
        t("directory.complain.about", about=about),
        t("directory.complain.days", n=declared.slow_days),
    ]


def _who(scheme: Scheme, country: Country, t: Translator) -> str:
    sexes = ", ".join(t(f"sex.{sex}") for sex in scheme.eligible.sexes)
    ages = [group for group in country.age_groups if group.id in scheme.eligible.age_groups]
    words = ", ".join(t.name(group.names, group.id) for group in ages)
    return "; ".join(part for part in (sexes, words) if part) or t("directory.everybody")


def _amount(scheme: Scheme, benefit: dict[str, Any] | None, country: Country, t: Translator) -> str:
    if benefit is not None:
        per = f" {t('notices.per.' + benefit['benefit_per'])}" if benefit["benefit_per"] else ""
        return f"{t.number(float(benefit['benefit']))} {country.currency}{per}"
    return t("directory.amount.ask") if scheme.cash else t("directory.amount.kind")


def _administrator(scheme: Scheme, country: Country, t: Translator) -> str:
    administrator = next((each for each in country.administrators if each.id == scheme.administrator), None)
    return t.name(administrator.names, administrator.id) if administrator else scheme.administrator
