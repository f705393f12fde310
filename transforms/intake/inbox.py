"""The inbox folder: whatever is put there is submitted, and then moved beside its receipt.

    SALA_HOME/inbox/<user>/file.csv  →  SALA_HOME/inbox/<user>/.taken/<receipt> file.csv

A file directly in the inbox is submitted by "inbox". Run as a process of its own: `python -m transforms.intake.inbox`.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from watchfiles import watch

from sala.settings import settings
from transforms.intake.submit import submit

log = logging.getLogger("sala.inbox")

TAKEN = ".taken"
SETTLED_SECONDS = 1.0  # a file younger than this may still be being written


def folder() -> Path:
    """SALA_HOME/inbox; `main` makes it."""
    return settings().home / "inbox"


def take_in() -> int:
    """Submit every settled file of the inbox. Returns how many were taken."""
    taken = 0
    for path in sorted(folder().rglob("*")):
        relative = path.relative_to(folder())
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or not path.is_file() or time.time() - path.stat().st_mtime < SETTLED_SECONDS:
            continue
        by = relative.parts[0] if len(relative.parts) > 1 else "inbox"
        receipt = submit(path.read_bytes(), path.name, by=by, via="inbox")
        done = path.parent / TAKEN
        done.mkdir(exist_ok=True)
        path.rename(done / f"{receipt.receipt} {path.name}")
        log.info("Took %s, receipt %s", relative, receipt.receipt)
        taken += 1
    return taken


def main() -> None:
    """Watch the inbox and take in whatever is put there. Never returns by itself."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder().mkdir(parents=True, exist_ok=True)
    log.info("Watching %s", folder())
    take_in()
    # looks again every few seconds even without a change, for files that had not settled
    for _ in watch(folder(), yield_on_timeout=True, rust_timeout=2_000):
        take_in()


if __name__ == "__main__":
    main()
