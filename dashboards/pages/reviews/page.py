"""The page on which a committee reviews what was compiled for its area: look, ask, send back, sign."""

from dash import dcc, html
from dash.development.base_component import Component
from werkzeug.exceptions import NotFound

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.pages.reviews.actions import remarks, send_back, signatures
from dashboards.pages.reviews.figures import by_area, compared, review_href
from dashboards.pages.reviews.models import ReviewFacts
from dashboards.pages.reviews.notes import doubts, missing, restatement, timeline
from dashboards.pages.reviews.queries import review_facts
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words
from transforms.review.reviewing import REVIEWED

DONE = ("signed", "endorsed", "returned", "remarked")
REFUSED = (
    "not_allowed", "no_committee", "not_in_quorum", "nothing_compiled", "already_endorsed", "still_compiling",
    "children_open", "figures_moved", "already_signed", "reason_missing", "words_missing", "not_a_child",
    "already_returned", "no_comment", "busy", "unknown",
)  # fmt: skip
"""Why an act was refused: the keys of transforms.review.reviewing.Refused."""


@page("/review/<code>/<dataset>")
def review_page(view: View, country: Country, words: Words, code: str, dataset: str) -> Page:
    """One area, dataset and period under review."""
    if dataset not in REVIEWED:
        raise NotFound
    signed = view.version == "signed"
    facts = review_facts(code, dataset, view.period, country, signed)
    return Page(
        title=f"{words('review.title')} · {words.name(facts.area.names, facts.area.code)}",
        body=body(facts, view, country, words, signed),
        section="reviews",
        periods=facts.periods,
        chosen={"period": facts.period.code},
    )


def body(facts: ReviewFacts, view: View, country: Country, words: Words, signed: bool) -> list[Component]:
    """The state in a sentence, the signatures, what moved, the figures, what to look at, what can be done."""
    aside = [doubts(facts, view, words), missing(facts, view, words)]
    talk = [remarks(facts, view, country, words), timeline(facts, country, words)]
    parts: list[Component | None] = [
        _crumbs(facts, view, words),
        html.H1(_headline(facts, words), id="headline", tabIndex=-1),
        html.P(words(f"review.lede.{facts.own.state}"), className="lede"),
        _said(view, words),
        _pills(facts, country, words),
        restatement(facts, view, country, words),
        by_area(facts, view, words, signed) if facts.children else None,
        html.Div(
            [compared(facts, view, words), signatures(facts, view, country, words)],
            className="two wide-first",
        ),
        html.Div(aside, className="two even"),
        send_back(facts, view, words),
        html.Div(talk, className="two even"),
    ]
    return [part for part in parts if part is not None]


def _headline(facts: ReviewFacts, words: Words) -> str:
    return words(
        f"review.headline.{facts.own.state}",
        area=words.name(facts.area.names, facts.area.code),
        period=words.period(facts.period.code),
        dataset=words(f"dataset.{facts.dataset}"),
    )


def _crumbs(facts: ReviewFacts, view: View, words: Words) -> Component:
    steps: list[Component] = [dcc.Link(words("reviews.title"), href=view.href("/reviews")), html.I("›")]
    for area in facts.above:
        href = review_href(view, area.code, facts.dataset, facts.period.code)
        steps += [dcc.Link(words.name(area.names, area.code), href=href), html.I("›")]
    steps.append(html.B(words.name(facts.area.names, facts.area.code)))
    for dataset in REVIEWED:
        if dataset != facts.dataset and facts.own.state != "none":
            href = view.href(f"/review/{facts.area.code}/{dataset}", period=None, indicator=None, level=None)
            steps.append(dcc.Link(words(f"dataset.{dataset}"), href=href, className="other"))
    return html.Nav(steps, className="crumbs", **aria(label=words("crumbs.label")))


def _pills(facts: ReviewFacts, country: Country, words: Words) -> Component:
    own = facts.own
    pills = [
        html.Span(words(f"review.state.{own.state}"), className=f"pill {own.state}"),
        html.Span(
            words(
                "review.received", received=words.number(own.received), expected=words.number(own.expected)
            ),
            className="pill",
        ),
    ]
    if own.signed_at is not None:
        when = words.moment(own.signed_at, country.timezone)
        who = ", ".join(name or words("review.somebody") for name in facts.signed_by)
        pills.append(html.Span(words("review.signed_as_of", when=when, who=who), className="pill"))
    elif facts.quorum is not None:
        needed = max(1, len(facts.quorum))
        pills.append(
            html.Span(
                words(
                    "review.quorum", given=words.number(len(facts.signatures)), needed=words.number(needed)
                ),
                className="pill",
            )
        )
    return html.Ul([html.Li(pill) for pill in pills], className="pills")


def _said(view: View, words: Words) -> Component | None:
    """What became of the form that was sent."""
    if view.said in DONE:
        return html.P(words(f"review.done.{view.said}"), className="agreed", role="status")
    if view.said in REFUSED:
        return html.P(words(f"review.refused.{view.said}"), className="refusal", role="alert")
    return None
