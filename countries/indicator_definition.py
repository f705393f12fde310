"""The definition of an indicator in words, written from its file: what a page and `sala docs --indicators` show."""

from collections.abc import Iterator

from countries.declarations.indicators import Denominator, Filters, Indicator, Numerator
from countries.model import Country
from sala.translation.translator import Translator


def all_of(country: Country, t: Translator) -> str:
    """Every indicator's definition, as Markdown."""
    chapters = [f"# {t('definition.title')}", *(one(i, country, t, "##") for i in country.indicators)]
    return "\n\n".join(chapters) + "\n"


def one(indicator: Indicator, country: Country, t: Translator, heading: str = "#") -> str:
    """One indicator's definition, as Markdown."""
    rows = "\n".join(f"| {name} | {text} |" for name, text in _rows(indicator, country, t))
    return "\n\n".join(
        [
            f"{heading} {t.name(indicator.title, indicator.id)}",
            t.name(indicator.why),
            f"| {t('definition.word')} | {t('definition.meaning')} |\n|---|---|\n{rows}",
        ]
    )


def _rows(indicator: Indicator, country: Country, t: Translator) -> Iterator[tuple[str, str]]:
    yield t("definition.id"), f"`{indicator.id}` · {indicator.series}"
    if indicator.guarantee:
        yield t("column.guarantee"), t(f"guarantee.{indicator.guarantee}")
    if indicator.gap:
        of = country.indicator(indicator.gap.of)
        text = t(f"definition.gap_{indicator.gap.shown_in}", of=t.name(of.title, of.id))
        yield t("definition.counts"), text
    if indicator.numerator:
        yield t("definition.counts"), _numerator(indicator.numerator, country, t)
        yield t("definition.divided_by"), _denominator(indicator.divided_by, country, t)
    yield t("definition.shown_in"), t(f"shown_in.{indicator.shown_in}")
    rule = t(f"over_time.{indicator.over_time}") if indicator.over_time else t("over_time.none")
    yield t("definition.over_time"), rule
    levels = [t.name(country.layer(level).plurals, level) for level in indicator.levels]
    yield t("definition.levels"), ", ".join(levels) or t("definition.every_layer")
    yield t("definition.caveats"), t.name(indicator.caveats)
    yield t("definition.source"), indicator.source
    since = t.date(indicator.valid_from)
    yield t("definition.version"), t("definition.version_since", version=indicator.version, date=since)
    for version, change in sorted(indicator.changes.items(), reverse=True):
        yield t("definition.change", version=version), t.name(change)


def _numerator(numerator: Numerator, country: Country, t: Translator) -> str:
    if numerator.missing:
        return t.name(numerator.missing)
    parts = [t(f"measure.{numerator.measure}"), *_filters(numerator, country, t)]
    if numerator.contributors:
        names = [t.name(country.scheme(scheme).names, scheme) for scheme in numerator.contributors]
        parts.append(t("definition.contributors", schemes=", ".join(names)))
    if numerator.together:
        parts.append(t(f"definition.{numerator.together}"))
    return "; ".join(parts)


def _denominator(denominator: Denominator | None, country: Country, t: Translator) -> str:
    if denominator is None:
        return t("definition.nothing")
    if denominator.missing:
        return t.name(denominator.missing)
    parts = [t(f"measure.{denominator.measure}")]
    people = denominator.measure == "population"
    parts += _filters(denominator.model_copy(update={"schemes": ()}) if people else denominator, country, t)
    if denominator.times:
        amount = next(a for a in country.reference_amounts if a.id == denominator.times)
        parts.append(t("definition.times", amount=t.name(amount.names, amount.id), source=amount.source))
    for part in denominator.less:
        taken = "; ".join([t(f"measure.{part.measure}"), *_filters(part, country, t)])
        parts.append(t("definition.less", persons=taken))
    return "; ".join(parts)


def _filters(filters: Filters, country: Country, t: Translator) -> Iterator[str]:
    """What narrows a count, in the words of the country."""
    if filters.schemes:
        yield ", ".join(t.name(country.scheme(scheme).names, scheme) for scheme in filters.schemes)
    if filters.age_groups:
        groups = {group.id: group for group in country.age_groups}
        yield ", ".join(t.name(groups[age].names, age) for age in filters.age_groups)
    if filters.sexes:
        yield ", ".join(filters.sexes)
    if filters.disability:
        yield t("definition.disability", values=", ".join(filters.disability))
