"""What a form sends is read by its model; what cannot be read is refused in words, on a page and in a callback."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from flask import Flask

from dashboards.pages.notices.forms import NewAllocation, NewNotice
from dashboards.pages.review.forms import Remark, Return
from dashboards.server.callbacks import answer_refusals
from dashboards.server.forms import read
from sala.errors import Conflict, Invalid

DAY = {"valid_from": "2026-11-30"}


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ({}, "notice_valid_from"),
        ({"valid_from": "soon"}, "notice_valid_from"),
        (DAY | {"benefit": "-3"}, "allocation_amount"),
        (DAY | {"renews": "the old one"}, "request_invalid"),
    ],
)
def test_the_first_wrong_field_says_what_is_refused(sent: dict[str, str], key: str) -> None:
    with Flask("form").test_request_context(method="POST", data=sent):
        with pytest.raises(Invalid) as refusal:
            read(NewNotice)
        assert refusal.value.key == key
        assert refusal.value.text("km") != refusal.value.text("en")


def test_a_blank_field_counts_as_not_sent() -> None:
    sent = DAY | {"benefit": " ", "renews": "", "everybody": "yes", "title_en": "Bring the lists"}
    with Flask("form").test_request_context(method="POST", data=sent):
        form = read(NewNotice)
    assert (form.valid_from, form.benefit, form.renews, form.everybody) == (
        dt.date(2026, 11, 30),
        None,
        None,
        True,
    )


def test_a_box_ticked_twice_is_two_values_and_the_others_one() -> None:
    with Flask("form").test_request_context(method="POST", data={"child": ["C11", "C12"], "reason": "why"}):
        assert read(Return) == Return(child=["C11", "C12"], reason="why")
    with Flask("form").test_request_context(method="POST", data={"child": "C11", "answers": "7"}):
        assert read(Remark) == Remark(child="C11", answers=7)
    with Flask("form").test_request_context(method="POST", data={"amount": "1 250,000", "period": " 2026 "}):
        assert read(NewAllocation) == NewAllocation.model_construct(amount=Decimal(1_250_000), period="2026")


def test_a_callback_answers_a_refusal_in_the_language_of_its_page() -> None:
    refusal = Conflict("nothing_to_acknowledge")

    @answer_refusals(lambda text: (None, text))
    def refuse(_clicks: int, _page: SimpleNamespace) -> None:
        raise refusal

    assert refuse(1, SimpleNamespace(language="fr")) == (None, refusal.text("fr"))
