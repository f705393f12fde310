"""A movement between two periods in words: persons with their sign, points, the whole of it."""

from dashboards.models.board import Part
from sala.translation.translator import Translator


def whole_movement(part: Part, t: Translator) -> str:
    """How many more or fewer than in the period before, and by how many points."""
    difference = part.persons_now - part.before_persons
    key = (
        "board.moved.more"
        if difference > 0
        else "board.moved.fewer"
        if difference < 0
        else "board.moved.same"
    )
    sentence = t(
        f"{key}_least" if part.bounded else key,
        n=abs(difference),
        period=t.period(part.before_period),
        before=t.number(part.before_persons),
        now=t.number(part.persons_now),
    )
    if part.value is None or part.before_value is None:
        return sentence
    return sentence + " " + t("board.moved.points", points=signed_points(part.value - part.before_value, t))


def signed(persons: int, t: Translator) -> str:
    """A number with its sign."""
    return ("+" if persons > 0 else "−" if persons < 0 else "±") + t.number(abs(persons))


def signed_points(share: float, t: Translator) -> str:
    """A difference of two shares in points, with two decimals so that parts are seen to add up."""
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return sign + t.number(abs(share) * 100, 2)
