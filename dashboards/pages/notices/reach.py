"""How far a notice has come: who below has acknowledged it."""

from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.models import NoticeBoard, PublishedNotice
from dashboards.server.view import View
from sala.translation.translator import Translator


def reach_table(notice: PublishedNotice, board: NoticeBoard, view: View, t: Translator) -> Table:
    """Areas right below: how many are asked there and below, and how many have acknowledged."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("acknowledged", t("notices.column.acknowledged")),
        Column("recipients", t("notices.column.recipients")),
        Column("itself", t("notices.column.itself"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for one in board.reach.get(notice.notice_id, ()):
        if one.area_code == board.area.code or not one.recipients:
            continue
        names = board.named(one.area_code).names
        own = t.date(one.acknowledged_at.date()) if one.acknowledged_at else "–"
        row = (t.name(names, one.area_code), one.area_code, one.acknowledged, one.recipients, own)
        table.append(row if one.is_recipient else (*row[:-1], t("notices.not_asked")))
        hrefs.append(view.href(f"/notices/{one.area_code}"))
    return Table(t.name(notice.titles), columns, table, hrefs)
