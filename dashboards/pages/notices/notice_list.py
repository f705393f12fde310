"""Notices of an area: what each says, whether it is acknowledged, and for those above, by whom it is."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form
from dashboards.components.table import data_table
from dashboards.pages.notices.may_acknowledge import may_acknowledge
from dashboards.pages.notices.models import NoticeBoard, PublishedNotice
from dashboards.pages.notices.reach import reach_table
from dashboards.server.view import View
from sala.translation.translator import Translator


def notice_list(board: NoticeBoard, country: Country, view: View, t: Translator) -> Component:
    """What holds or is coming, and behind a fold what was replaced."""
    if not board.notices:
        return html.Section([html.P(t("notices.empty"), className="empty")], className="card")
    now = [notice for notice in board.notices if notice.state != "replaced"]
    old = [notice for notice in board.notices if notice.state == "replaced"]
    parts: list[Component] = [_notice(notice, board, country, view, t) for notice in now]
    if old:
        folded = [_notice(notice, board, country, view, t) for notice in old]
        parts.append(
            html.Section(
                html.Details([html.Summary(t("notices.replaced", n=len(old))), *folded]), className="card"
            )
        )
    return html.Div(parts, className="stack notices")


def _notice(
    notice: PublishedNotice, board: NoticeBoard, country: Country, view: View, t: Translator
) -> Component:
    scheme = next((s for s in country.schemes if s.id == notice.scheme), None)
    tags = [t(f"notices.kind.{notice.kind}")]
    if scheme:
        tags.append(t.name(scheme.names))
    tags += [
        t("notices.version", n=notice.version),
        t("notices.from_day", day=t.date(notice.valid_from)),
        t(
            "notices.by",
            area=t.name(notice.publisher),
            who=notice.published_by or t("review.somebody"),
        ),
    ]
    parts: list[Component] = [
        html.Header(
            [
                html.H2(t.name(notice.titles)),
                html.Span(t(f"notices.state.{notice.state}"), className=f"pill small {notice.state}"),
            ]
        ),
        html.P(" · ".join(tags), className="tag"),
    ]
    if notice.benefit is not None:
        per = t(f"notices.per.{notice.benefit_per}")
        parts.append(
            html.P([html.B(f"{t.number(notice.benefit)} {country.currency}"), f" {per}"], className="benefit")
        )
    parts += [html.P(text) for text in t.name(notice.texts).split("\n") if text.strip()]
    if notice.state != "replaced":
        parts += _answers(notice, board, country, view, t)
    return html.Section(parts, className="card notice", id=f"notice-{notice.notice_id}")


def _answers(
    notice: PublishedNotice, board: NoticeBoard, country: Country, view: View, t: Translator
) -> list[Component]:
    """Whether this area has acknowledged, and those below it."""
    code = board.area.code
    reach = board.reach.get(notice.notice_id, ())
    own = next((one for one in reach if one.area_code == code), None)
    parts: list[Component] = []
    if own and own.is_recipient:
        if own.acknowledged_at:
            when = t.moment(own.acknowledged_at, country.timezone)
            text = t("notices.acknowledged", who=own.acknowledged_by or t("review.somebody"), when=when)
            parts.append(html.P(text, className="note"))
        elif may_acknowledge(code):
            parts.append(
                form(
                    f"/notices/{code}/acknowledge",
                    [],
                    t("notices.acknowledge"),
                    view,
                    {"notice": str(notice.notice_id)},
                )
            )
        else:
            parts.append(html.P(t("notices.not_acknowledged"), className="note"))
    children = [one for one in reach if one.area_code != code and one.recipients]
    if own and children:
        total = t("notices.reach", done=t.number(own.acknowledged), recipients=t.number(own.recipients))
        href = view.href(f"/download/notice/{notice.notice_id}/{code}.csv", lang=t.language)
        file = html.A(t("frame.download"), href=href, download="", className="download")
        table = data_table(reach_table(notice, board, view, t), t)
        parts.append(html.Details([html.Summary(total), table, file]))
    return parts
