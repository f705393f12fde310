"""`make attack`: replay every attack on an instance and print a line for each; exits with 1 where one was not held.

    python -m tests.attack [TARGET.yaml] [NAME …]

TARGET.yaml says what chain.yaml beside this file says, of an instance that runs; without it one is made, attacked and
removed. NAME: attacks or subjects; without any, all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.attack import attacks
from tests.attack.own_instance import instance
from tests.attack.target import Attack, NotHeld, NotTried, Target


@dataclass(frozen=True)
class Outcome:
    """What came of an attack, and what was seen."""

    attack: Attack
    verdict: str
    seen: str

    def __str__(self) -> str:
        return f"{self.verdict:9}  {self.attack.subject}.{self.attack.name}: {self.attack.sentence} [{self.seen}]"


def replay(target: Target, chosen: Sequence[Attack]) -> Iterator[Outcome]:
    """Do one after the other, each against an instance that still answers. What ends in a fault was not held."""
    for attack in chosen:
        try:
            seen, verdict = attack.run(target), "held"
            health = target.browser().get("/healthz", timeout=30).status_code
            if health != 200:
                raise NotHeld(f"{seen}; afterwards /healthz: {health}")
        except NotTried as missing:
            seen, verdict = f"the target has not: {missing}", "not tried"
        except NotHeld as got_through:
            seen, verdict = str(got_through), "NOT HELD"
        except Exception as fault:
            seen, verdict = f"the attack ended in {fault!r}", "NOT HELD"
        yield Outcome(attack, verdict, " ".join(seen.split())[:600])


def main(arguments: Sequence[str]) -> int:
    """Print what came of each. Returns the exit code."""
    files = [Path(argument) for argument in arguments if argument.endswith((".yaml", ".yml"))]
    names = set(arguments) - {str(file) for file in files}
    chosen = [one for one in attacks() if not names or {one.name, one.subject} & names]
    outcomes = []
    with nullcontext(Target.read(files[0])) if files else instance() as target:
        for outcome in replay(target, chosen):
            print(outcome, flush=True)
            outcomes.append(outcome.verdict)
    lost = outcomes.count("NOT HELD")
    print(f"{outcomes.count('held')} held, {lost} NOT HELD, {outcomes.count('not tried')} not tried")
    return 1 if lost or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
