"""How figures under review are written: persons or percent advanced, and how far they moved."""

from dashboards.components.table_data import Kind
from dashboards.pages.review.models import FLASH, Review
from sala.translation.translator import Translator


def cell_name(review: Review, cell: str, t: Translator) -> str:
    """The name of a scheme or, in a flash report, of an axis, in the reader's language."""
    if review.dataset == FLASH:
        return t(f"axis.{cell}")
    scheme = review.reference.scheme(cell)
    return t.name(scheme.names, cell) if scheme else cell


def kind_of(review: Review) -> Kind:
    """How a column of figures is written."""
    return "percent" if review.dataset == FLASH else "number"


def written(n: float | None, review: Review, t: Translator) -> str:
    """A figure as text: persons or, in a flash report, percent advanced."""
    if review.dataset == FLASH:
        return t.percent(None if n is None else n / 100)
    return t.number(n)


def change(now: float | None, before: float | None, review: Review, t: Translator) -> str:
    """How far a figure moved: in percent of the one before, or in points of a percentage."""
    if now is None or before is None:
        return ""
    if review.dataset == FLASH:
        return t.points(now / 100, before / 100)
    if before == 0:
        return "" if now == 0 else "+"
    share = (now - before) / before
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return f"{sign}{t.percent(abs(share))}"
