"""The short form of `make attack`: attacks that take a second, on a server in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from sala.runtime import embedded_postgres
from sala.settings import settings
from tests.attack import attacks
from tests.attack.__main__ import replay
from tests.attack.fuzz import call_callbacks
from tests.attack.own_instance import fill, write_country
from tests.attack.target import Attack, NotHeld, NotTried, Target
from tests.conftest import country_in_use, reset

pytestmark = pytest.mark.xdist_group("attack")  # one instance for all
SHORT = [attack for attack in attacks() if attack.short]
FEW_CALLS = 40


@pytest.fixture(scope="module")
def target(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    country = write_country(tmp_path_factory.mktemp("attacked") / "country")
    reset()
    with country_in_use(country.folder):
        from dashboards.app import server as dashboard

        listening = make_server("127.0.0.1", 0, dashboard, threaded=True)
        serving = Thread(target=listening.serve_forever)
        serving.start()
        yield fill(country, settings().home, f"http://127.0.0.1:{listening.server_port}")
        listening.shutdown()
        serving.join()


@pytest.mark.parametrize("attack", SHORT, ids=lambda attack: f"{attack.subject}.{attack.name}")
def test_an_attack_is_held(target: Target, attack: Attack) -> None:
    (outcome,) = replay(target, [attack])
    assert outcome.verdict == "held", str(outcome)


@pytest.mark.parametrize("part", ["visitor", "officer", "secretary", "one", "board", "administrator"])
def test_spoilt_calls_of_callbacks_are_answered(target: Target, part: str) -> None:
    assert call_callbacks(target, part, FEW_CALLS).total() == FEW_CALLS


def test_what_gets_through_or_breaks_is_not_held_and_said(target: Target) -> None:
    def gets_through(_: Target) -> str:
        """Somebody gets in."""
        raise NotHeld("the figures of P2")

    def breaks(_: Target) -> str:
        """It ends in a fault."""
        raise ZeroDivisionError

    def lacks(_: Target) -> str:
        """There is nobody to be."""
        raise NotTried("an account `king`")

    seen = [
        str(outcome)
        for outcome in replay(target, [Attack(run, True) for run in (gets_through, breaks, lacks)])
    ]
    assert [line.partition("  ")[0].strip() for line in seen] == ["NOT HELD", "NOT HELD", "not tried"]
    assert "Somebody gets in. [the figures of P2]" in seen[0]


def test_an_example_for_a_running_instance_is_read(target: Target, tmp_path: Path) -> None:
    from tests.attack.target import CHAIN

    mine = tmp_path / "mine.yaml"
    mine.write_text(f"url: {target.url}/\n" + CHAIN.read_text(encoding="utf-8"), encoding="utf-8")
    assert Target.read(mine).as_("officer").get("/healthz").status_code == 200
