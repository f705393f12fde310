"""Small made-up profile in exactly the shape that pages get from the warehouse."""

import datetime as dt
import random

from dashboards.models.area import Area
from dashboards.models.area_profile import GUARANTEES, AreaProfile, SchemeLine
from dashboards.models.figure import Figure
from dashboards.models.flash_report import AXES, Flash, Item
from dashboards.models.reference import Indicator, Layer, Period, Reference, Scheme
from dashboards.models.reporting import Reporting

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
TODAY = dt.date(2026, 11, 20)
_LAYERS = (
    ("nation", "Nation", "Nations"),
    ("province", "Province", "Provinces"),
    ("district", "District", "Districts"),
)
_PROVINCES = """01 Banteay Meanchey|02 Battambang|03 Kampong Cham|04 Kampong Chhnang|05 Kampong Speu
06 Kampong Thom|07 Kampot|08 Kandal|09 Koh Kong|10 Kratie|11 Mondul Kiri|12 Phnom Penh|13 Preah Vihear
14 Prey Veng|15 Pursat|16 Ratanak Kiri|17 Siem Reap|18 Preah Sihanouk|19 Stung Treng|20 Svay Rieng
21 Takeo|22 Oddar Meanchey|23 Kep|24 Pailin|25 Tboung Khmum""".replace("\n", "|")


def period(code: str) -> Period:
    """A month as mart.period has it."""
    first = dt.date(int(code[:4]), int(code[5:7]), 1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    return Period(code, "M", first, last, 0.94)


def indicator(id: str, guarantee: str | None = None) -> Indicator:
    """An indicator in English."""
    title = "Protected by at least one scheme" if guarantee is None else f"Protected: {id}"
    return Indicator(
        id,
        guarantee,
        {"en": title},
        {"en": "Everybody's right."},
        {"en": "Made up."},
        "SI_COV_BENFTS",
        "ILO",
        "1",
    )


def figure(
    id: str,
    area: str,
    when: str,
    sex: str = "_T",
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    completeness: float = 0.94,
    status: str = "provisional",
) -> Figure:
    """A figure of a thousand people."""
    counted = None if value is None else round(value * 1000)
    return Figure(id, area, when, sex, counted, 1000, value, low, high, completeness, status)


def reference() -> Reference:
    """Five indicators, three layers, five months."""
    return Reference(
        layers=tuple(
            Layer(level, depth, {"en": one}, {"en": many}) for depth, (level, one, many) in enumerate(_LAYERS)
        ),
        indicators=(*(indicator(g, g) for g in GUARANTEES), indicator("any_scheme")),
        schemes=(
            Scheme("elderly", {"en": "Elderly allowance"}, {"en": "National Fund"}, "district", "older", "M"),
        ),
        periods=tuple(period(month) for month in MONTHS),
    )


def nation() -> AreaProfile:
    """A country of 25 provinces, two of them hardly reporting."""
    chance = random.Random(5)
    below = tuple(Area(line[:2], "province", 1, {"en": line[3:]}, "KH") for line in _PROVINCES.split("|"))
    figures: list[Figure] = []
    levels = {"health": 0.44, "children": 0.30, "active_age": 0.14, "older": 0.26}
    for step, month in enumerate(MONTHS):
        for name, level in levels.items():
            share = level + 0.02 * step - 0.08
            for sex, gap in (("_T", 0.0), ("F", 0.015), ("M", -0.015)):
                figures.append(
                    figure(
                        name, "KH", month, sex, value=share + gap, low=share + gap, high=share + gap + 0.05
                    )
                )
        for sex, gap in (("_T", 0.0), ("F", 0.01), ("M", -0.01)):
            figures.append(figure("any_scheme", "KH", month, sex, low=0.34 + gap, high=0.39 + gap))
    reporting = []
    for area in below:
        completeness = 0.62 if area.code in ("08", "16") else chance.uniform(0.84, 1.0)
        for name, level in levels.items():
            share = level * chance.uniform(0.6, 1.4)
            for sex, gap in (("_T", 0.0), ("F", 0.02), ("M", -0.02)):
                high = share + gap + (1 - completeness) * 0.4
                figures.append(
                    figure(
                        name,
                        area.code,
                        MONTHS[-1],
                        sex,
                        value=share + gap,
                        low=share + gap,
                        high=high,
                        completeness=completeness,
                    )
                )
        low = chance.uniform(0.18, 0.5)
        for sex, gap in (("_T", 0.0), ("F", 0.02), ("M", -0.02)):
            figures.append(
                figure(
                    "any_scheme",
                    area.code,
                    MONTHS[-1],
                    sex,
                    low=low + gap,
                    high=low + gap + 0.07,
                    completeness=completeness,
                )
            )
    for area in (Area("KH", "nation", 0, {"en": "Cambodia"}), *below):
        for when, dataset in [(m, "scheme_returns") for m in MONTHS] + [
            (f"2026-W{w}", "flash_reports") for w in range(36, 46)
        ]:
            rate = chance.choice((1.0, 1.0, 0.97, 0.9, 0.7)) if area.code != "16" else chance.choice((0, 0.4))
            received = round(100 * rate)
            on_time = round(received * chance.choice((1.0, 0.97, 0.85, 0.5)))
            reporting.append(
                Reporting(
                    area.code, when, dataset, 100, received, on_time, received - on_time, 2, 1, 100 - received
                )
            )
    weeks = [
        Flash(
            "KH",
            f"2026-W{45 - i}",
            "compiled",
            {a: 70 - 6 * n - 4 * i for n, a in enumerate(AXES)},
            25,
            24,
            ("16", "09"),
            "provisional",
        )
        for i in range(3)
    ]
    texts = {
        "decision": (
            "Officialise the provincial team so that trainings can start",
            "Release of the elderly allowance, third quarter",
        ),
        "risk": ("Flooding may delay payments in two districts",),
        "next": ("Train the commune clerks on the new sheet",),
        "done": ("Translation of the training tools",),
    }
    items = [
        Item(
            "17", {"en": "Siem Reap"}, kind, text, "2026-W45", "nation", TODAY + dt.timedelta(days=12 * n - 5)
        )
        for kind, lines in texts.items()
        for n, text in enumerate(lines)
    ]
    return AreaProfile(
        reference=reference(),
        area=Area("KH", "nation", 0, {"en": "Cambodia"}),
        period=period(MONTHS[-1]),
        below=below,
        figures=tuple(figures),
        reporting=tuple(reporting),
        flash=tuple(weeks),
        items=tuple(items),
        counts={"decision": 14, "risk": 1, "next": 1, "done": 1},
        schemes=(SchemeLine("elderly", {"F": 120, "M": 90, "U": 4}),),
        newer=Period("2026-11", "M", dt.date(2026, 11, 1), dt.date(2026, 11, 30), 0.03),
    )
