"""The board pack in words: the national sheet, the headline, the provinces, the open decisions."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from countries.country import current
from countries.model import Country
from dashboards.components.format_figure import figure_text
from dashboards.components.headline_sentence import headline_sentence
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.print.flash_report import sheet_text
from dashboards.print.typesetting import pdf
from dashboards.queries.area_profile import area_profile
from dashboards.queries.flash_sheet import flash_sheet
from dashboards.queries.items import items
from sala.translation.translator import Translator, translator

_DECISIONS = 60


def board_pack_pdf(week: str, period: str | None, language: str) -> bytes:
    """The pack as PDF. Raises NotFound."""
    country = current()
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    return pdf("pack.typ", board_pack_text(week, period, country, translator(language), today))


def board_pack_text(
    week: str, period: str | None, country: Country, t: Translator, today: dt.date
) -> dict[str, Any]:
    """Everything that the pack says, worded. Raises NotFound."""
    profile = area_profile(country.root, period)
    sheet = sheet_text(flash_sheet(country.root, week), country, t, today)
    return {
        "title": t("pack.title", week=t.period(week)),
        "language": t.language,
        "sheet": sheet,
        "foot": sheet["foot"],
        "coverage": _coverage(profile, country, t),
        "places": _places(profile, t),
        "decisions": _decisions(profile.area, t),
    }


def _coverage(profile: AreaProfile, country: Country, t: Translator) -> dict[str, Any]:
    shown = profile.headline_indicator
    pieces = headline_sentence(profile, profile.figure(shown) if shown else None, t)
    return {
        "title": t("pack.coverage"),
        "period": t.period(profile.period.code) if profile.period else "",
        # numbers of the sentence stand out
        "sentence": [
            {"text": str(piece.children), "strong": True}
            if isinstance(piece, html.Em)
            else {"text": str(piece), "strong": False}
            for piece in pieces
        ],
        "women": t("column.women"),
        "men": t("column.men"),
        "cards": [
            {
                "title": t.name(indicator.titles, indicator.id),
                "value": _figure(profile.figure(indicator.id), t),
                "women": _figure(profile.figure(indicator.id, WOMEN), t),
                "men": _figure(profile.figure(indicator.id, MEN), t),
                "bars": [_bar(profile.figure(indicator.id, sex)) for sex in (WOMEN, MEN, TOTAL)],
                "note": _note(profile.figure(indicator.id), t),
                "why": t.name(indicator.why),
            }
            for indicator in profile.indicators
        ],
        "footnotes": {"title": t("releases.footnotes"), "lines": list(_footnotes(profile, country, t))},
    }


def _footnotes(profile: AreaProfile, country: Country, t: Translator) -> Iterator[str]:
    """What must be kept in mind about the figures of the pack, in the words of releases; then each one's caveats."""
    figures = [profile.figure(each.id, sex) for each in profile.indicators for sex in (WOMEN, MEN, TOTAL)]
    if country.sample:
        yield t("release.footnote.made_up")
    if any(figure and figure.value is None and figure.known for figure in figures):
        yield t("release.footnote.only_bounds")
    if not all(figure and figure.known for figure in figures):
        yield t("release.footnote.not_known")
    for indicator in profile.indicators:
        if caveat := t.name(indicator.caveats):
            yield f"{t.name(indicator.titles, indicator.id)}: {caveat}"


def _figure(figure: Figure | None, t: Translator) -> str:
    return figure_text(figure, t)


def _bar(figure: Figure | None) -> list[float] | None:
    """From where to where a figure lies, as fractions within the scale; None where nothing is known."""
    if figure is None or not figure.known:
        return None
    low = figure.value if figure.value is not None else figure.low
    high = figure.value if figure.value is not None else figure.high
    return [min(low or 0.0, 1.0), min(high if high is not None else 1.0, 1.0)]


def _note(figure: Figure | None, t: Translator) -> str:
    if figure is None:
        return t("figure.unknown")
    return t(
        "pack.note",
        share=t.percent(figure.completeness),
        status=t(f"status.{figure.status}"),
    )


def _places(profile: AreaProfile, t: Translator) -> dict[str, Any]:
    layer = profile.reference.layer(profile.area.depth + 1)
    shown = profile.headline_indicator
    indicators = profile.indicators
    return {
        "title": t.name(layer.plurals) if layer else "",
        "heads": [
            t("column.area"),
            *(t.name(indicator.titles, indicator.id) for indicator in indicators),
            t("column.completeness"),
        ],
        "rows": [
            [
                t.name(area.names, area.code),
                *(_figure(profile.figure(indicator.id, area=area.code), t) for indicator in indicators),
                t.percent(_completeness(profile, area, shown)),
            ]
            for area in (profile.ranked(shown) if shown else profile.below)
        ],
    }


def _completeness(profile: AreaProfile, area: Area, indicator: str | None) -> float | None:
    figure = profile.figure(indicator, area=area.code) if indicator else None
    return figure.completeness if figure else None


def _decisions(area: Area, t: Translator) -> dict[str, Any]:
    held, number = items(area.code, "held", kind="decision", most=_DECISIONS)
    _, late_below = items(area.code, "overdue", kind="decision", most=1)
    rest = number - len(held)
    return {
        "title": t("pack.decisions"),
        "count": t.number(number),
        "heads": [t("items.decision"), t("column.from"), t("column.age"), t("column.due")],
        "rows": [
            {
                "cells": [
                    item.text,
                    t.name(item.names, item.origin),
                    t("items.days", n=item.age_days),
                    t.date(item.due, "short"),
                ],
                "late": item.overdue,
            }
            for item in held
        ],
        "more": t("print.more", n=rest) if rest else "",
        "below": t("pack.late_below", n=late_below) if late_below else "",
        "empty": t("items.none_of_kind"),
    }
