"""A figure in a few characters: 44%, 34–39%, at least 33%, or not known."""

from dashboards.models.figure import Figure
from sala.translation.translator import Translator

EVERYBODY = 0.99  # an upper bound from here on excludes nothing, and is left out


def is_open(figure: Figure) -> bool:
    """Whether only a lower bound is worth saying."""
    return (
        figure.value is None and figure.low is not None and (figure.high is None or figure.high >= EVERYBODY)
    )


def says_nothing(figure: Figure | None) -> bool:
    """Whether the figure leaves everything possible."""
    return figure is None or not figure.known or (is_open(figure) and not figure.low)


def per_hundred(figure: Figure | None, t: Translator) -> str:
    """The figure per 100, without a sign: 44, 34–39, ≥ 33, or a dash."""
    if figure is None or says_nothing(figure):
        return "–"
    if figure.value is not None:
        return t.per_hundred(figure.value)
    if is_open(figure):
        return f"≥ {t.per_hundred(figure.low, 'low')}"
    return t.span(figure.low, figure.high)


def figure_text(figure: Figure | None, t: Translator) -> str:
    """The figure as a percentage; its persons where no population makes a share of them; or that it is not known."""
    if figure is not None and not figure.known and figure.count:
        sign = "" if figure.numerator is not None else "≥ "
        return f"{sign}{t.number(figure.count)} {t('card.persons', n=figure.count)}"
    if says_nothing(figure):
        return t("figure.unknown")
    return t("format.percent", number=per_hundred(figure, t))


def gap_text(women: Figure | None, men: Figure | None, t: Translator) -> str:
    """By how many points women are ahead; where only bounds are known, from the least to the most that it can be."""
    if not (women and men):
        return "–"
    if women.value is not None and men.value is not None:
        return t.points(women.value, men.value)
    if None in (women.low, women.high, men.low, men.high):
        return "–"
    least, most = t.points(women.low, men.high), t.points(women.high, men.low)  # type: ignore[arg-type]
    return t("board.gap_between", least=least, most=most)


def percent_advanced(advanced: float | None, t: Translator) -> str:
    """An axis of a flash report, 0–100, as the language writes it."""
    return t.percent(None if advanced is None else advanced / 100)


def measured(figure: Figure | None, shown_in: str, t: Translator) -> str:
    """A figure in the unit of its indicator; its bounds where no value is known, its persons where no share is."""
    if figure is None:
        return "–"
    if not figure.says_something:
        return t("figure.not_reported")
    if shown_in == "percent" and figure.known:
        return figure_text(figure, t)
    known = [figure.value] if figure.value is not None else [figure.low, figure.high]
    if known == [None, None]:
        if figure.numerator is None and figure.high_count is None:
            return f"≥ {t.number(figure.low_count)}" if figure.low_count else t("figure.not_reported")
        known = [figure.numerator] if figure.numerator is not None else [figure.low_count, figure.high_count]
        shown_in = "persons"
    written = [_written(number, shown_in, t) for number in known if number is not None]
    return "–".join(dict.fromkeys(written))


def _written(number: float, shown_in: str, t: Translator) -> str:
    match shown_in:
        case "points":
            return t("format.points", points=t.points(max(number, 0), max(-number, 0)))
        case "ratio":
            return t.number(number, 2)
        case _:
            return t.number(number)
