"""An area's flash reports, and the items that matter to it."""

import datetime as dt

from sqlalchemy import Connection

from dashboards.models.flash_report import AXES, Flash, Item
from dashboards.queries.rows import rows

_ITEMS_OF_A_KIND = 6

_FLASH = """
WITH sheet AS (
    SELECT * FROM mart.flash_report f
    WHERE f.area_code = :code AND f.ripe AND f.week IN (SELECT period FROM mart.period WHERE starts_on <= :until)
    ORDER BY f.week DESC, (f.origin = 'own') DESC
    LIMIT 12
),
newest AS (SELECT max(week) AS week FROM sheet),
own AS (SELECT tree_left, tree_right, area_level FROM mart.area WHERE area_code = :code),
item AS (
    SELECT i.area_code, a.names, i.kind, i.text, i.week, i.needs_layer, i.due,
           row_number() OVER (
               PARTITION BY i.kind
               ORDER BY (i.area_code = :code) DESC, (i.needs_layer IS NOT DISTINCT FROM own.area_level) DESC,
                        i.due NULLS LAST, i.item_id
           ) AS place,
           count(*) OVER (PARTITION BY i.kind) AS of_kind, 1 AS times
    FROM mart.flash_item i
    JOIN newest USING (week)
    JOIN mart.area a USING (area_code)
    JOIN own ON a.tree_left BETWEEN own.tree_left AND own.tree_right
    WHERE i.kind <> 'decision'
    UNION ALL  -- decisions are those that wait for the area, whatever week they are of
    SELECT d.area_code, d.names, 'decision', d.text, NULL, NULL, d.due,
           row_number() OVER (ORDER BY d.overdue DESC, d.due NULLS LAST, d.item_id), d.of_area, d.decisions
    FROM mart.open_decision d
    WHERE d.area_code = :code
)
SELECT json_build_object(
    'sheets', (SELECT json_agg(s) FROM sheet s),
    'items', (SELECT json_agg(i ORDER BY i.place) FROM item i WHERE i.place <= :most)
) AS flash
"""


def flash(
    connection: Connection, code: str, until: dt.date
) -> tuple[tuple[Flash, ...], tuple[Item, ...], dict[str, int]]:
    """The newest 12 flash sheets of weeks begun by `until`; of the newest week the first six items of each kind, in
    the area and below it, and of decisions those that wait for the area; and kind → how many items there are in all.
    """
    flash = rows(connection, _FLASH, code=code, until=until, most=_ITEMS_OF_A_KIND)[0]["flash"]
    sheets = tuple(
        Flash(
            row["area_code"],
            row["week"],
            row["origin"],
            {axis: row[axis] for axis in AXES},
            row["expected"],
            row["received"],
            tuple(row["laggards"] or ()),
            row["status"],
        )
        for row in flash["sheets"] or ()
    )
    items = flash["items"] or ()
    counts = {row["kind"]: row["of_kind"] for row in items}
    listed = tuple(
        Item(
            row["area_code"],
            row["names"],
            row["kind"],
            row["text"],
            row["week"],
            row["needs_layer"],
            dt.date.fromisoformat(row["due"]) if row["due"] else None,
            row["times"],
        )
        for row in items
    )
    return sheets, listed, counts
