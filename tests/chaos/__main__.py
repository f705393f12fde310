"""`make chaos`: people work with a running Sala while its processes are killed at random; then everything is counted.

    python -m tests.chaos [SECONDS] [SEED]

Exit status 1 where a receipt, a signature, a draft or a figure is not what was acknowledged, or a hand was needed.
"""

from __future__ import annotations

import os
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from statistics import median

from countries.country import Country
from sala.runtime import embedded_postgres
from sala.settings import settings
from sql import deploy, warehouse
from tests.chaos import findings
from tests.chaos.actors import Acts, busy
from tests.chaos.house import EVERYTHING, KINDS, House
from tests.transforms.identity.conftest import ACCOUNTS, PASSWORD, write
from transforms.country.load_country import load_country
from transforms.coverage.progress import progress
from transforms.identity.accounts import add
from transforms.identity.person import Person, find

SECONDS, SEED = 600, 1
PATIENCE = 180  # seconds in which all must be published after the last kill of a round
PAUSE = 3.0  # the longest between two kills of a round, in seconds


def main(seconds: float, seed: int) -> int:
    """Returns an exit status; prints what was done and found."""
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.chmod(0o755)
    country = write(folder / "country")
    people = _inhabit(folder / "home", country)
    house = House({"SALA_PORT": _free_port()})
    acts, rng = Acts(house.address, people), random.Random(seed)
    try:
        kills, recoveries, found = _rounds(house, acts, rng, seconds)
        found += findings.of_ledger(acts)
        after, files = findings.figures(), findings.handed_in()
    finally:
        house.stop()
        embedded_postgres.erase()

    quiet = findings.undisturbed(country, _inhabit(folder / "quiet", country), files)
    embedded_postgres.erase()
    found += [
        f"{name} differs from an undisturbed run" for name in quiet if not quiet[name].equals(after[name])
    ]
    print(f"{sum(kills.values())} kills: " + ", ".join(f"{kind} {n}" for kind, n in kills.most_common()))
    print(
        f"{len(acts.receipts)} receipts, {len(acts.signed)} signatures, {len(acts.drafted)} drafts, {len(files)} files"
    )
    print(
        f"recovery: median {median(recoveries):.1f} s, longest {max(recoveries):.1f} s, {len(recoveries)} rounds"
    )
    print("\n".join(found) or "nothing was lost, doubled or wrong")
    return 1 if found else 0


def _inhabit(home: Path, country: Country) -> Mapping[str, Person]:
    """A new SALA_HOME with a database, the country and its people."""
    os.environ |= {
        "SALA_HOME": str(home),
        "SALA_COUNTRY": str(country.folder),
        "SALA_REQUESTS_PER_MINUTE": "0",
    }
    embedded_postgres.start()
    deploy.migrate()
    load_country(country)
    people = {}
    for name, (role, area, administrator) in ACCOUNTS.items():
        add(country, name, role, area, password=PASSWORD, administrator=administrator, must_change=False)
        with warehouse.transaction() as connection:
            number = warehouse.read(
                connection, "SELECT person_id FROM ledger.person WHERE name = :name", name=name
            ).iloc[0, 0]
        if person := find(int(number), country):
            people[name] = person
    return people


def _rounds(
    house: House, acts: Acts, rng: random.Random, seconds: float
) -> tuple[Counter[str], list[float], list[str]]:
    """Kills a kind; seconds from a round's last kill until a later file and all before it are published; findings."""
    kills: Counter[str] = Counter()
    recoveries: list[float] = []
    found: list[str] = []
    bag: list[str] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not found:
        with busy(acts, rng):
            for _ in range(rng.randint(1, 4)):
                bag = bag or rng.sample(KINDS, len(KINDS))
                time.sleep(rng.uniform(0.2, PAUSE))
                kind = bag.pop()
                if not house.kill(kind, rng.randrange(1000)):
                    bag.insert(0, kind)  # there is none now; later in the next round
                    continue
                killed = time.monotonic()
                kills[kind] += 1
                _say(f"killed: {kind}")
                if kind == EVERYTHING:
                    house.restart()
        if not kills:
            continue
        acts.upload("C11", "first")
        while time.monotonic() < killed + PATIENCE and not _all_published(acts):
            time.sleep(0.1)
        recoveries.append(time.monotonic() - killed)
        found += findings.of_figures(acts)
        _say(f"published after {recoveries[-1]:.1f} s  {_progress()}")
        if house.process.poll() is not None:
            found.append(f"`sala run` ended: {house.log.read_text()[-3000:]}")
    return kills, recoveries, found


def _all_published(acts: Acts) -> bool:
    """Whether everything that was acknowledged is taken in and published, whoever had to be started again for it."""
    try:
        inbox = settings().home / "inbox"
        return not list(inbox.glob("*/*.csv")) and progress().done and not list(findings.of_figures(acts))
    except Exception as error:
        if warehouse.away(error):
            return False
        raise


def _progress() -> str:
    try:
        return str(progress())
    except warehouse.NoWarehouse as silence:
        return str(silence)


def _free_port() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return str(free.getsockname()[1])


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


if __name__ == "__main__":
    given = [*sys.argv[1:], *(str(SECONDS), str(SEED))[len(sys.argv) - 1 :]]
    sys.exit(main(float(given[0]), int(given[1])))
