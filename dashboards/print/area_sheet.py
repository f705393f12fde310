"""An area on one page, in words: what it sent, what became of it above, areas alike, its index, open answers.

Read for many areas at once and set as one document, because a country has two thousand of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from countries.country import current
from countries.declarations.management_index import PARTS
from countries.model import Country
from dashboards.models.reference import Indicator, Reference
from dashboards.print.typesetting import pdf
from dashboards.queries.reference import chosen_period, reference
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound
from sala.translation.translator import Translator, translator

_AREAS = """
SELECT a.area_code, a.area_level, a.names, p.names AS above
FROM mart.area a
LEFT JOIN mart.area p ON p.area_code = a.parent_code AND p.valid_to = 'infinity'
WHERE a.area_code = ANY(:codes) AND a.valid_to = 'infinity' ORDER BY a.area_code
"""
_RETURNS = """
SELECT area_code, scheme, expected, received, on_time, missing + awaited AS missing FROM mart.discipline
WHERE area_code = ANY(:codes) AND period = :period AND dataset = 'scheme_returns' AND scheme <> '_T' ORDER BY scheme
"""
_FIGURES = """
SELECT c.*, n.value AS nation_value, n.lower_bound AS nation_lower, n.upper_bound AS nation_upper
FROM mart.area_comparison c
LEFT JOIN mart.indicator_value n
    ON (n.indicator, n.period, n.area_code, n.sex, n.age_group) = (c.indicator, c.period, :root, '_T', '_T')
WHERE c.area_code = ANY(:codes) AND c.period = :period AND c.indicator = ANY(:indicators)
"""
_REVIEWS = """
SELECT DISTINCT ON (area_code) area_code, state, acted_at, reason FROM mart.review
WHERE area_code = ANY(:codes) AND period = :period AND dataset = 'scheme_returns' ORDER BY area_code, acted_at DESC
"""
_INDEX = """
SELECT * FROM mart.management_index WHERE area_code = ANY(:codes) AND period = :period AND period_id = :period_id
"""
_ITEMS = """
SELECT area_code, text, state, answer, holder_names, holder_code, age_days FROM (
    SELECT i.*, row_number() OVER (PARTITION BY area_code ORDER BY answer IS NULL, moved_at DESC) AS n
    FROM mart.item i WHERE i.area_code = ANY(:codes) AND i.state <> 'settled'
) AS latest
WHERE n <= 4
"""
Rows = Mapping[str, list[dict[str, Any]]]


def area_sheets_pdf(codes: Sequence[str], period: str | None, language: str) -> bytes:
    """A page for each of these areas, in the order of their codes, as one PDF. Raises NotFound where none is there."""
    t = translator(language)
    pages = area_sheets(codes, period, current(), t)
    data = {"title": t("area_sheet.title"), "language": language, "pages": pages}
    return pdf("area_sheet.typ", data)


def area_sheets(
    codes: Sequence[str], period: str | None, country: Country, t: Translator
) -> list[dict[str, Any]]:
    """What stands on the pages, worded. Raises NotFound."""
    with acting() as connection:
        lists = reference(connection)
        month, _ = chosen_period(lists.periods, period)
        if month is None:
            if period is None:
                raise NotFound("nothing_published_yet", area=country.root)
            raise NotFound("unknown_period", what=period)
        compared = [indicator for indicator in lists.indicators if indicator.compared]
        asked = {"codes": list(codes), "period": month.code}
        areas = rows(connection, _AREAS, codes=asked["codes"])
        returns = _by_area(rows(connection, _RETURNS, **asked))
        figures = _by_area(
            rows(connection, _FIGURES, **asked, root=country.root, indicators=[i.id for i in compared])
        )
        reviews = _by_area(rows(connection, _REVIEWS, **asked))
        index = _by_area(rows(connection, _INDEX, **asked))
        items = _by_area(rows(connection, _ITEMS, codes=asked["codes"]))
    if not areas:
        raise NotFound("unknown_area", what=", ".join(codes))
    return [
        {
            "name": t.name(area["names"], area["area_code"]),
            "above": " · ".join(filter(None, [t.name(area["above"]), t.period(month.code)])),
            "sent": _sent(returns[area["area_code"]], lists, t),
            "became": _became(reviews[area["area_code"]], country, t),
            "figures": _figures(figures[area["area_code"]], compared, t),
            "index": _index(index[area["area_code"]], country, t),
            "answers": _answers(items[area["area_code"]], t),
            "foot": t("shell.sample") if country.sample else "",
        }
        for area in areas
    ]


def _by_area(records: list[dict[str, Any]]) -> defaultdict[str, list[dict[str, Any]]]:
    listed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        listed[record["area_code"]].append(record)
    return listed


def _sent(returns: list[dict[str, Any]], lists: Reference, t: Translator) -> dict[str, Any]:
    schemes = {scheme.id: scheme.names for scheme in lists.schemes}
    names = ("expected", "received", "on_time", "missing")
    return {
        "title": t("area_sheet.sent"),
        "heads": [t("column.scheme"), *(t(f"column.{name}") for name in names)],
        "rows": [
            [t.name(schemes.get(row["scheme"], {}), row["scheme"]), *(t.number(row[name]) for name in names)]
            for row in returns
        ],
        "empty": t("area_sheet.nothing_sent"),
    }


def _became(reviews: list[dict[str, Any]], country: Country, t: Translator) -> dict[str, str]:
    title = t("area_sheet.became")
    if not reviews:
        return {"title": title, "text": t("area_sheet.not_reviewed")}
    last = reviews[0]
    state = t(f"review.state.{last['state']}") if t.has(f"review.state.{last['state']}") else last["state"]
    text = f"{state} · {t.moment(last['acted_at'], country.timezone)}"
    return {"title": title, "text": f"{text} · {last['reason']}" if last["reason"] else text}


def _figures(figures: list[dict[str, Any]], compared: list[Indicator], t: Translator) -> dict[str, Any]:
    by_indicator = {row["indicator"]: row for row in figures}
    table = []
    for indicator in compared:
        if (row := by_indicator.get(indicator.id)) is None:
            continue
        place = (
            t("area_sheet.place", n=row["place"], areas=t.number(row["areas"]))
            if row["place"] is not None
            else "–"
        )
        table.append(
            [
                t.name(indicator.titles, indicator.id),
                _share(row["value"], row["lower_bound"], row["upper_bound"], t),
                place,
                t.percent(row["middle"]),
                _share(row["nation_value"], row["nation_lower"], row["nation_upper"], t),
            ]
        )
    heads = (
        "column.indicator",
        "area_sheet.here",
        "area_sheet.alike",
        "area_sheet.middle",
        "area_sheet.nation",
    )
    return {
        "title": t("area_sheet.figures"),
        "heads": [t(key) for key in heads],
        "rows": table,
        "empty": t("headline.nothing_lede"),
    }


def _share(value: float | None, low: float | None, high: float | None, t: Translator) -> str:
    if value is not None:
        return t.percent(value)
    return "–" if low is None else t("format.percent", number=t.span(low, high if high is not None else 1.0))


def _index(found: list[dict[str, Any]], country: Country, t: Translator) -> dict[str, str]:
    title = t("area_sheet.index")
    if not found or found[0]["index"] is None:
        return {"title": title, "value": "–", "text": t("area_sheet.no_index")}
    row = found[0]
    if row["most_to_gain"] is None:
        text = t("area_sheet.nothing_to_gain")
    else:
        text = t(
            "area_sheet.gain",
            part=_part(row["most_to_gain"], country, t),
            points=t.number(row["gain"] * 100),
        )
    return {"title": title, "value": t.number(row["index"] * 100), "text": text}


def _part(name: str, country: Country, t: Translator) -> str:
    """What would raise the index, in words: a part of the reporting, or an indicator."""
    if name in PARTS:
        return t(f"area_sheet.part.{name}")
    return t.name(country.indicator(name).title, name)


def _answers(items: list[dict[str, Any]], t: Translator) -> dict[str, Any]:
    return {
        "title": t("area_sheet.answers"),
        "rows": [
            {
                "text": item["text"],
                "answer": item["answer"]
                or t(
                    "area_sheet.waits",
                    holder=t.name(item["holder_names"], item["holder_code"]),
                    n=item["age_days"],
                ),
            }
            for item in items
        ],
        "empty": t("area_sheet.no_answers"),
    }
