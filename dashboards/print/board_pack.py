"""The board pack in words: the national sheet, then the five questions of the board's page, one page each; and the
questions as one picture for a phone.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from countries.country import current
from countries.model import Country
from dashboards.components.format_figure import figure_text
from dashboards.components.headline_sentence import headline_sentence
from dashboards.components.money_words import costs_table, goals_table, granted_and_paid
from dashboards.components.movement_words import signed, signed_points, whole_movement
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board, Source
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.print.flash_report import sheet_text
from dashboards.print.typesetting import pdf, pictures
from dashboards.queries.area_profile import area_profile
from dashboards.queries.board import board
from dashboards.queries.flash_sheet import flash_sheet
from dashboards.queries.items import items
from sala.translation.translator import Translator, translator

_DECISIONS = 30
_PHONE_DOTS = 280  # per inch of 100 mm: 1,100 dots across


def board_pack_pdf(week: str, period: str | None, language: str) -> bytes:
    """The pack as PDF. Raises NotFound."""
    return pdf("pack.typ", _text(week, period, language))


def board_pack_picture(week: str, period: str | None, language: str) -> bytes:
    """The five questions as one PNG, as wide as a phone shows sharply. Raises NotFound."""
    (picture,) = pictures("phone.typ", _text(week, period, language), _PHONE_DOTS)
    return picture


def _text(week: str, period: str | None, language: str) -> dict[str, Any]:
    country = current()
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    return board_pack_text(week, period, country, translator(language), today)


def board_pack_text(
    week: str, period: str | None, country: Country, t: Translator, today: dt.date
) -> dict[str, Any]:
    """Everything that the pack says, worded. Raises NotFound."""
    profile = area_profile(country.root, period)
    when = profile.period.code if profile.period else None
    shown = board(country.root, profile.area.level, when, profile.headline_indicator)
    sheet = sheet_text(flash_sheet(country.root, week), country, t, today)
    return {
        "title": t("pack.title", week=t.period(week)),
        "language": t.language,
        "sheet": sheet,
        "foot": sheet["foot"],
        "coverage": _coverage(profile, country, t),
        "changed": _changed(profile, shown, t),
        "places": _places(profile, t),
        "decisions": _decisions(profile.area, t),
        "money": _money(profile, shown, country, t),
    }


def _coverage(profile: AreaProfile, country: Country, t: Translator) -> dict[str, Any]:
    shown = profile.headline_indicator
    pieces = headline_sentence(profile, profile.figure(shown) if shown else None, t)
    return {
        "title": t("board.many"),
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


def _changed(profile: AreaProfile, shown: Board, t: Translator) -> dict[str, Any]:
    """The whole movement, then its parts, those that moved most first, each with where it came from."""
    moved = [part for part in shown.parts if part.persons or part.share]
    return {
        "title": t("board.changed"),
        "sentence": whole_movement(shown.parts[0], t) if shown.parts else t("board.moved.nothing"),
        "rows": [
            [
                signed(part.persons, t) if part.persons else "",
                t(f"board.moved.{part.part}"),
                t("board.points", points=signed_points(part.share, t)) if part.share is not None else "",
                "; ".join(_source(one, profile, t) for one in shown.sources if one.part == part.part),
            ]
            for part in moved
        ],
    }


def _source(source: Source, profile: AreaProfile, t: Translator) -> str:
    scheme = profile.reference.scheme(source.scheme)
    name = t.name(scheme.names, source.scheme) if scheme else source.scheme
    return f"{t.name(source.names, source.source_code)}, {name} {signed(source.persons, t)}"


def _money(profile: AreaProfile, shown: Board, country: Country, t: Translator) -> dict[str, Any]:
    tables = [costs_table(profile, shown, country, t), goals_table(profile, shown, t)]
    return {
        "title": t("board.costs"),
        "sentence": granted_and_paid(profile, country, t),
        "tables": [
            {
                "title": table.caption,
                "heads": [column.label for column in table.columns],
                "rows": [[str(cell or "") for cell in row] for row in table.rows],
            }
            for table in tables
            if table.rows
        ],
    }


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
        "title": t("board.where"),
        "layer": t.name(layer.plurals) if layer else "",
        "lowest": [
            [
                t.name(area.names, area.code),
                _figure(profile.figure(shown, area=area.code) if shown else None, t),
                t.percent(_completeness(profile, area, shown)),
            ]
            for area in reversed(profile.ranked(shown) if shown else profile.below)
        ],
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
        "title": t("board.decide"),
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
