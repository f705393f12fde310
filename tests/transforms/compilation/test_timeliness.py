"""What is compiled and what each duty tells agree on whether a return came in time, to the moment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml

from countries.country import load
from countries.period import Period
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

ZONE = dt.timezone(dt.timedelta(hours=7))  # Asia/Phnom_Penh
DUE_DAYS, GRACE_DAYS = 10, 5
MONTH = f"{dt.datetime.now(ZONE) - dt.timedelta(days=75):%Y-%m}"  # its days of grace are over
AFTER_DUE = Period.parse(MONTH).ends_on + dt.timedelta(days=DUE_DAYS + 1)
ENDS = {  # the moments at which the due day and the days of grace end
    "due": dt.datetime.combine(AFTER_DUE, dt.time(), ZONE),
    "grace": dt.datetime.combine(AFTER_DUE + dt.timedelta(days=GRACE_DAYS), dt.time(), ZONE),
}
TICK = dt.timedelta(microseconds=1)
MOMENTS = {
    "RA": (ENDS["due"] - TICK, "on_time"),
    "RB": (ENDS["due"], "in_grace"),
    "RC": (ENDS["due"] + dt.timedelta(hours=7), "in_grace"),  # midnight by the clock of Greenwich
    "RD": (ENDS["grace"] - TICK, "in_grace"),
    "RE": (ENDS["grace"], "late"),
}
COMPILED = """
    SELECT a.code, CASE WHEN r.on_time = 1 THEN 'on_time' WHEN r.in_grace = 1 THEN 'in_grace' ELSE 'late' END
    FROM core.reporting r JOIN core.area a USING (area_id)
    WHERE a.code <> 'R' AND r.dataset = 'scheme_returns' AND r.received = 1
"""
DUTIES = """
    SELECT area_code, state FROM mart.duty
    WHERE period = %(month)s AND dataset = 'scheme_returns' AND received_at IS NOT NULL
"""


def test_compilation_and_duties_agree_on_boundary_moments(
    server: embedded_postgres.Server, tmp_path: Path
) -> None:
    reset()
    world = World(
        {"R": None} | dict.fromkeys(MOMENTS, "R"), (Scheme("cash", 1),), (Indicator("any", ("cash",)),)
    )
    world.country(tmp_path)
    file = tmp_path / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    declared["timezone"] = "Asia/Phnom_Penh"
    declared["calendar"]["grace_days"] = {"scheme_returns": GRACE_DAYS}
    file.write_text(yaml.safe_dump(declared))
    country = load(tmp_path)
    load_country(country)
    for area, (moment, _) in MOMENTS.items():
        row = f"{MONTH},{area},cash,F,Y0T17,1"
        content = f"period,area_code,scheme,sex,age_group,beneficiaries\n{row}\n".encode()
        submit(content, f"{area}.csv", by=SYSTEM, via="api", received_at=moment)
    receive_waiting(country)
    compile_and_publish(MONTH)
    expected = {area: state for area, (_, state) in MOMENTS.items()}
    with warehouse.transaction() as connection:
        assert dict(map(tuple, connection.exec_driver_sql(COMPILED))) == expected
        assert dict(map(tuple, connection.exec_driver_sql(DUTIES, {"month": MONTH}))) == expected
