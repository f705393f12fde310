"""What is addressed to an area: notices, guidelines, scheme parameters, money; and who has acknowledged."""

from typing import Any

from dashboards.pages.notices.models import Grant, NoticeBoard, PublishedNotice, Reach
from dashboards.queries.places import places
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_NOTICES = """
SELECT n.*, t.names AS area_names, p.names AS publisher_names, k.acknowledged_at, k.acknowledged_by
FROM mart.notice n
JOIN mart.area t ON t.area_code = n.area_code AND t.valid_to = 'infinity'
JOIN mart.area p ON p.area_code = n.publisher_code AND p.valid_to = 'infinity'
JOIN mart.area h ON h.area_code = :code AND h.valid_to = 'infinity'
LEFT JOIN mart.acknowledgement k ON k.notice_id = n.notice_id AND k.area_code = :code
WHERE h.tree_left BETWEEN t.tree_left AND t.tree_right
ORDER BY n.state = 'replaced', n.valid_from DESC, n.notice_id DESC
LIMIT 100
"""
_REACH = """
SELECT notice_id, area_code, recipients, acknowledged, is_recipient, acknowledged_at, acknowledged_by
FROM mart.notice_reach
WHERE notice_id = ANY(:notices) AND (area_code = :code OR parent_code = :code)
ORDER BY area_code
"""
# Of the newest month and year, whole because they are counted; and all that the area itself has not acknowledged.
_GRANTS = """
SELECT g.allocation, g.period, g.area_code, g.scheme, g.amount::double precision AS amount, g.granted_at,
       g.acknowledged_at, g.acknowledged_by
FROM mart.allocation_answer g
WHERE g.area_code = :code AND g.acknowledged_at IS NULL
   OR (g.area_code = :code OR g.area_code = ANY(:below))
      AND g.period = ANY (ARRAY(SELECT max(period) FROM mart.allocation GROUP BY length(period)))
ORDER BY g.area_code <> :code, g.period DESC, g.area_code, g.scheme
"""
_ABSORPTION = """
SELECT area_code, period, scheme, grants, acknowledged, allocated::double precision AS allocated,
       paid::double precision AS paid, absorption::double precision AS absorption, expected, received, completeness
FROM mart.absorption
WHERE area_code = ANY(:codes)
  AND (:all_periods
       OR period_id = ANY (ARRAY(SELECT max(period_id) FROM mart.allocation GROUP BY period_id % 1000 = 0)))
ORDER BY area_code <> :code, period DESC, scheme, area_code
"""


def notice_board(code: str, all_periods: bool = False) -> NoticeBoard:
    """What the notices page of an area shows: its notices, who has read them, grants, and absorption in the newest
    month and the newest year, or in all periods.

    Raises:
        NotFound: there is no such area, or the reader may not see it.
    """
    with acting() as connection:
        above, below = places(connection, code, None)
        notices = tuple(_published(row) for row in rows(connection, _NOTICES, code=code))
        shown = [notice.notice_id for notice in notices if notice.state != "replaced"]
        reach: dict[int, list[Reach]] = {}
        for row in rows(connection, _REACH, notices=shown, code=code):
            reach.setdefault(row.pop("notice_id"), []).append(Reach(**row))
        codes = [area.code for area in below]
        return NoticeBoard(
            tuple(above[:-1]),
            above[-1],
            tuple(below),
            notices,
            {notice: tuple(areas) for notice, areas in reach.items()},
            tuple(Grant(**row) for row in rows(connection, _GRANTS, code=code, below=codes)),
            tuple(rows(connection, _ABSORPTION, code=code, codes=[code, *codes], all_periods=all_periods)),
        )


def _published(row: dict[str, Any]) -> PublishedNotice:
    return PublishedNotice(
        notice_id=row["notice_id"],
        number=row["number"],
        version=row["version"],
        kind=row["kind"],
        publisher=row["publisher_names"],
        area=row["area_names"],
        area_code=row["area_code"],
        scheme=row["scheme"],
        titles=row["titles"],
        texts=row["texts"],
        benefit=None if row["benefit"] is None else float(row["benefit"]),
        benefit_per=row["benefit_per"],
        valid_from=row["valid_from"],
        state=row["state"],
        published_at=row["published_at"],
        published_by=row["published_by"],
        acknowledged_at=row["acknowledged_at"],
        acknowledged_by=row["acknowledged_by"],
    )
