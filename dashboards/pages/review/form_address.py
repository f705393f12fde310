"""Where the forms of a review page send what is written in them."""

from urllib.parse import quote

from dashboards.pages.review.models import Review


def form_address(review: Review, act: str) -> str:
    """The path to which a form of the review is posted: `act` is sign, return or remark."""
    return f"/review/{quote(review.area.code, safe='')}/{review.dataset}/{act}"
