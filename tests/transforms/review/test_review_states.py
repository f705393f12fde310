"""Committees, officers and corrections at random over a random hierarchy, and what must hold after every step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from countries.country import Country, load
from sala.errors import Refusal
from sql import warehouse
from tests.conftest import reset
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.audit import verify
from transforms.identity.person import SYSTEM, Person
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.review.review import Compilation, fingerprint, remark, send_back, sign

MONTH = "2026-10"
OFFICES = ("chair", "secretary")
Rows = list[tuple[Any, ...]]


def governed(world: World, quorums: list[tuple[str, ...]], require: list[bool]) -> Country:
    """The world's country with committees: who must sign at each layer, and whether its children must have before."""
    folder = Path(tempfile.mkdtemp())
    layers = [layer.id for layer in world.country(folder).layers]
    words = {"en": "words"}
    sees = ["provisional", "endorsed", "released"]
    roles: list[dict[str, Any]] = [
        {
            "id": "public",
            "names": words,
            "layers": layers[:1],
            "sees": [],
            "actions": ["read"],
            "visitors": "always",
        }
    ]
    for office in OFFICES:
        actions = ["read", "submit", "draft", "endorse", "return", "settle"]
        roles.append({"id": office, "names": words, "layers": layers, "sees": sees, "actions": actions})
    committees = [
        {"layer": layer, "quorum": list(quorum), "requires_children": wants}
        for layer, quorum, wants in zip(layers, quorums, require, strict=False)
    ]
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    (folder / "committees.yaml").write_text(yaml.safe_dump(committees))
    return load(folder)


def officers(world: World) -> dict[tuple[str, str], Person]:
    """A chair and a secretary for every area, by (area, office)."""
    made = {}
    with warehouse.transaction() as connection:
        for area in world.parents:
            for office in OFFICES:
                name = f"{office}-{area}".lower()
                number = connection.execute(
                    text(
                        "INSERT INTO ledger.person (name, hash, role, area_id)"
                        " SELECT :name, '-', :office, area_id FROM core.area WHERE code = :area RETURNING person_id"
                    ),
                    {"name": name, "office": office, "area": area},
                ).scalar_one()
                made[area, office] = Person(number, name, None, area, f"layer{world.depth(area)}")
    return made


def rows(query: str, **params: Any) -> Rows:
    with warehouse.transaction() as connection:
        return [tuple(row) for row in connection.execute(text(query), params)]


TOTALS = "SELECT scheme, sex, age_group, disability, beneficiaries FROM {} ORDER BY 1, 2, 3, 4"
FIGURES = (
    "SELECT indicator, sex, numerator, denominator, lower_bound, upper_bound, completeness FROM {}"
    " WHERE area_code = :area ORDER BY 1, 2"
)
NOW = TOTALS.format("mart.scheme_total WHERE area_code = :area"), FIGURES.format("mart.indicator_value")
THEN = (
    TOTALS.format("mart.scheme_total_as_known_at(:area, :month, :at)"),
    FIGURES.format("mart.as_known_at(:at)"),
)
SIGNED = FIGURES.format("mart.indicator_signed")


def shown(area: str) -> tuple[Rows, Rows]:
    """An area's totals and indicators as everybody reads them now."""
    return rows(NOW[0], area=area), rows(NOW[1], area=area)


class Committees(RuleBasedStateMachine):
    """Signatures, returns, files and publications in any order."""

    @initialize(
        communes=st.lists(st.integers(1, 2), min_size=1, max_size=2),
        quorums=st.lists(st.sampled_from([OFFICES[:1], OFFICES]), min_size=3, max_size=3),
        require=st.lists(st.booleans(), min_size=3, max_size=3),
        layers=st.integers(2, 3),
    )
    def a_country(
        self, communes: list[int], quorums: list[tuple[str, ...]], require: list[bool], layers: int
    ) -> None:
        parents: dict[str, str | None] = {"R": None}
        for province, n in enumerate(communes):
            parents[f"R{province}"] = "R"
            parents |= {f"R{province}{commune}": f"R{province}" for commune in range(n)}
        self.areas = list(parents)
        schemes = (Scheme("a", 2), Scheme("b", 1), Scheme("c", 2))
        people = {(area, sex, "Y18T59"): 500 for area in parents for sex in "FM"}
        self.world = World(parents, schemes, (Indicator("i", ("a", "b", "c")),), people)
        reset()
        self.country = governed(self.world, quorums[:layers], require[:layers])
        load_country(self.country)
        self.officers = officers(self.world)
        self.files = 0
        self.seen: dict[str, tuple[str, tuple[Rows, Rows]]] = {}
        self.signed: dict[int, tuple[str, tuple[Rows, Rows]]] = {}
        self.file(0, 0, 10, True)

    def area(self, which: int) -> str:
        return self.areas[which % len(self.areas)]

    def of(self, area: str) -> Compilation:
        return Compilation(area, "scheme_returns", MONTH)

    def act(self, area: str, office: str, what: Callable[[Any, Person], Any]) -> Any:
        """Let somebody do something on the application's login; None where the rules refuse it."""
        person = self.officers[area, office]
        try:
            with warehouse.acting(person.person_id) as connection:
                return what(connection, person)
        except Refusal:
            return None

    @rule(which=st.integers(0, 9), scheme=st.integers(0, 2), n=st.integers(0, 3), publish=st.booleans())
    def file(self, which: int, scheme: int, n: int, publish: bool) -> None:
        chosen = self.world.schemes[scheme]
        reporting = [area for area in self.areas if self.world.depth(area) == chosen.layer]
        area = reporting[which % len(reporting)]
        self.files += 1
        raw = (
            f"period,area_code,scheme,sex,age_group,beneficiaries\n{MONTH},{area},{chosen.id},F,Y18T59,{n}\n"
        )
        submit(raw.encode() + b"\n" * self.files, f"{self.files}.csv", by=SYSTEM, via="cli")
        receive_waiting(self.country)
        if publish:
            compile_and_publish(MONTH)

    @rule(which=st.integers(0, 9), n=st.integers(400, 402))
    def count_people(self, which: int, n: int) -> None:
        self.files += 1
        head = "year,area_code,sex,age_group,population,status,source\n"
        raw = f"{head}2026,{self.area(which)},F,Y18T59,{n},A,count {self.files}\n"
        submit(raw.encode(), f"{self.files}.csv", by=SYSTEM, via="cli", dataset="population")
        receive_waiting(self.country)
        compile_and_publish(MONTH)

    @rule()
    def publish(self) -> None:
        compile_and_publish(MONTH)

    @rule(which=st.integers(0, 9))
    def look(self, which: int) -> None:
        area = self.area(which)
        with warehouse.acting(self.officers[area, "chair"].person_id) as connection:
            self.seen[area] = fingerprint(connection, self.of(area)), shown(area)

    @rule(which=st.integers(0, 9), office=st.sampled_from(OFFICES), fresh=st.booleans())
    def signs(self, which: int, office: str, fresh: bool) -> None:
        area = self.area(which)
        if fresh or area not in self.seen:
            self.look(which)
        seen, figures = self.seen[area]
        done = self.act(area, office, lambda c, person: sign(c, self.of(area), seen, person))
        if done:
            assert shown(area) == figures, "signed what was not shown"
        if done == "endorsed":
            [(number,)] = rows("SELECT max(endorsement_id) FROM core.endorsement")
            self.signed[number] = area, figures

    @rule(office=st.sampled_from(OFFICES))
    def everybody_signs_upwards(self, office: str) -> None:
        compile_and_publish(MONTH)
        for which in reversed(range(len(self.areas))):
            for signing in OFFICES:
                self.signs(which, signing, True)

    @rule(which=st.integers(0, 9), office=st.sampled_from(OFFICES))
    def returns(self, which: int, office: str) -> None:
        child = self.area(which)
        parent = self.world.parents[child]
        if parent:
            self.act(parent, office, lambda c, p: send_back(c, self.of(parent), [child], "look again", p))
            self.act(parent, office, lambda c, p: remark(c, self.of(parent), child, "a/F", "why?", p))

    @rule(which=st.integers(0, 9), stranger=st.integers(0, 9), office=st.sampled_from(OFFICES))
    def a_stranger_is_refused(self, which: int, stranger: int, office: str) -> None:
        area, other = self.area(which), self.area(stranger)
        if other != area:
            seen = self.seen.get(area, ("",))[0]
            assert self.act(other, office, lambda c, person: sign(c, self.of(area), seen, person)) is None
        if other != self.world.parents[area] and other not in self.above(area):
            assert self.act(other, office, lambda c, p: remark(c, self.of(area), area, "", "?", p)) is None

    def above(self, area: str) -> list[str]:
        parent = self.world.parents[area]
        return [area] if parent is None else [area, *self.above(parent)]

    @invariant()
    def what_is_endorsed_is_what_was_signed(self) -> None:
        for number, (area, (totals, figures)) in self.signed.items():
            [(in_force,)] = rows(
                "SELECT ended_at = 'infinity' FROM core.endorsement WHERE endorsement_id = :n", n=number
            )
            now = shown(area)
            status = {
                s for (s,) in rows("SELECT status FROM mart.indicator_value WHERE area_code = :a", a=area)
            }
            status |= {
                s for (s,) in rows("SELECT status FROM mart.scheme_total WHERE area_code = :a", a=area)
            }
            assert len(status) <= 1
            if in_force and "endorsed" in status:
                assert now == (totals, figures), "an endorsed figure changed without a reopening"

    @invariant()
    def every_signed_version_stays_readable(self) -> None:
        for number, (area, (totals, figures)) in self.signed.items():
            [(at,)] = rows("SELECT as_known_at FROM core.endorsement WHERE endorsement_id = :n", n=number)
            assert rows(THEN[0], area=area, month=MONTH, at=at) == totals
            assert rows(THEN[1], area=area, at=at) == figures
        last = {area: figures for area, (_, figures) in self.signed.values()}
        assert last == {area: rows(SIGNED, area=area) for area in last}

    @invariant()
    def no_parent_is_endorsed_over_an_open_child(self) -> None:
        assert not rows(
            "SELECT * FROM core.unsigned_child u JOIN core.compilation c USING (period_id, dataset, area_id)"
            " WHERE c.state = 'endorsed'"
        )

    @invariant()
    def every_endorsement_has_its_quorum(self) -> None:
        for endorsement, quorum, offices, persons in rows(
            "SELECT e.endorsement_id, m.quorum, array_agg(s.office), count(DISTINCT s.person_id)"
            " FROM core.endorsement e JOIN core.signature s USING (endorsement_id)"
            " JOIN core.area a ON a.area_id = e.area_id JOIN core.committee m USING (layer_id) GROUP BY 1, 2"
        ):
            assert endorsement in self.signed
            assert set(offices) == set(quorum)
            assert persons == len(quorum)

    @invariant()
    def the_timeline_and_the_audit_log_tell_the_same(self) -> None:
        assert not rows(
            "SELECT * FROM core.compilation c JOIN LATERAL (SELECT r.state FROM core.review r WHERE"
            " (r.area_id, r.period_id, r.dataset) = (c.area_id, c.period_id, c.dataset)"
            " ORDER BY review_id DESC LIMIT 1) AS r ON r.state <> c.state"
        )
        acts = rows("SELECT act::text, count(*) FROM core.review GROUP BY 1 ORDER BY 1")
        noted = rows(
            "SELECT substr(action, 8), count(*) FROM ledger.audit WHERE action LIKE 'review.%'"
            " AND action <> 'review.commented' GROUP BY 1 ORDER BY 1"
        )
        assert acts == noted
        with warehouse.transaction() as connection:
            assert verify(connection).broken is None


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("empty_warehouse")
def test_committees_at_random() -> None:
    run_state_machine_as_test(
        Committees,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],  # a step takes a second: shrinking would take an hour
            suppress_health_check=list(HealthCheck),
        ),
    )
