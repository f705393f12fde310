"""The board pack in words: the national sheet, the headline, the provinces, the open decisions."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from countries.country import current
from countries.model import Country
from dashboards.components.format_figure import said
from dashboards.models.figures import MEN, TOTAL, WOMEN, Area, AreaFacts, Figure
from dashboards.pages.area.comparison import ranked
from dashboards.pages.area.headline import headline_indicator, sentence
from dashboards.pages.area.queries import area_facts
from dashboards.pages.flash.queries import sheet_facts
from dashboards.pages.items.queries import items
from dashboards.print.flash_report import sheet_words
from dashboards.print.typesetting import pdf
from sala.translation.translator import Words, words

_DECISIONS = 60


def pack_pdf(week: str, period: str | None, language: str) -> bytes:
    """The pack as PDF. Raises UnknownArea and UnknownPeriod."""
    country = current()
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    return pdf("pack.typ", pack_words(week, period, country, words(language), today))


def pack_words(
    week: str, period: str | None, country: Country, words: Words, today: dt.date
) -> dict[str, Any]:
    """Everything that the pack says, worded. Raises UnknownArea and UnknownPeriod."""
    facts = area_facts(country.root, period)
    sheet = sheet_words(sheet_facts(country.root, week), country, words, today)
    return {
        "title": words("pack.title", week=words.period(week)),
        "language": words.language,
        "sheet": sheet,
        "foot": sheet["foot"],
        "coverage": _coverage(facts, words),
        "places": _places(facts, words),
        "decisions": _decisions(facts.area, words),
    }


def _coverage(facts: AreaFacts, words: Words) -> dict[str, Any]:
    shown = headline_indicator(facts)
    pieces = sentence(facts, facts.figure(shown) if shown else None, words)
    return {
        "title": words("pack.coverage"),
        "period": words.period(facts.period.code) if facts.period else "",
        # numbers of the sentence stand out
        "sentence": [
            {"text": str(piece.children), "strong": True}
            if isinstance(piece, html.Em)
            else {"text": str(piece), "strong": False}
            for piece in pieces
        ],
        "women": words("column.women"),
        "men": words("column.men"),
        "cards": [
            {
                "title": words.name(indicator.titles, indicator.id),
                "value": said_of(facts.figure(indicator.id), words),
                "women": said_of(facts.figure(indicator.id, WOMEN), words),
                "men": said_of(facts.figure(indicator.id, MEN), words),
                "bars": [_bar(facts.figure(indicator.id, sex)) for sex in (WOMEN, MEN, TOTAL)],
                "note": _note(facts.figure(indicator.id), words),
                "why": words.name(indicator.why),
            }
            for indicator in facts.indicators
        ],
    }


def said_of(figure: Figure | None, words: Words) -> str:
    return "–" if figure is None else said(figure, words)


def _bar(figure: Figure | None) -> list[float] | None:
    """From where to where a figure lies, as fractions within the scale; None where nothing is known."""
    if figure is None or not figure.known:
        return None
    low = figure.value if figure.value is not None else figure.low
    high = figure.value if figure.value is not None else figure.high
    return [min(low or 0.0, 1.0), min(high if high is not None else 1.0, 1.0)]


def _note(figure: Figure | None, words: Words) -> str:
    if figure is None:
        return words("figure.unknown")
    return words(
        "pack.note",
        share=words.percent(figure.completeness),
        status=words(f"status.{figure.status}"),
    )


def _places(facts: AreaFacts, words: Words) -> dict[str, Any]:
    layer = facts.reference.layer(facts.area.depth + 1)
    shown = headline_indicator(facts)
    indicators = facts.indicators
    return {
        "title": words.name(layer.plurals) if layer else "",
        "heads": [
            words("column.area"),
            *(words.name(indicator.titles, indicator.id) for indicator in indicators),
            words("column.completeness"),
        ],
        "rows": [
            [
                words.name(area.names, area.code),
                *(said_of(facts.figure(indicator.id, area=area.code), words) for indicator in indicators),
                words.percent(_completeness(facts, area, shown)),
            ]
            for area in (ranked(facts, shown) if shown else facts.below)
        ],
    }


def _completeness(facts: AreaFacts, area: Area, indicator: str | None) -> float | None:
    figure = facts.figure(indicator, area=area.code) if indicator else None
    return figure.completeness if figure else None


def _decisions(area: Area, words: Words) -> dict[str, Any]:
    held, number = items(area.code, "held", kind="decision", most=_DECISIONS)
    _, late_below = items(area.code, "overdue", kind="decision", most=1)
    rest = number - len(held)
    return {
        "title": words("pack.decisions"),
        "count": words.number(number),
        "heads": [words("items.decision"), words("column.from"), words("column.age"), words("column.due")],
        "rows": [
            {
                "cells": [
                    item.text,
                    words.name(item.names, item.origin),
                    words("items.days", n=item.age_days),
                    words.date(item.due, "short"),
                ],
                "late": item.overdue,
            }
            for item in held
        ],
        "more": words("print.more", n=rest) if rest else "",
        "below": words("pack.late_below", n=late_below) if late_below else "",
        "empty": words("items.none_of_kind"),
    }
