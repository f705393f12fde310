"""The inbox folder: whatever is put there is submitted, oldest first, and gone once it is sealed and has its receipt.

    SALA_HOME/inbox/<user>/file.csv  →  SALA_HOME/inbox/<user>/.taken/<receipt>.txt, which holds the file's name
                                     or SALA_HOME/inbox/<user>/.set-aside/<number>, with <number>.reason.txt beside it

A file directly in the inbox is Sala's own, as on the command line; one of somebody unknown is set aside. Only regular
files with one name are read: a link would make Sala read what its owner may and the sender may not. Run as a process of
its own: `python -m transforms.intake.inbox`.
"""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread

from watchfiles import watch

from countries.country import current
from sala.errors import Full, Refusal, TooLarge, Unavailable
from sala.settings import settings
from sala.trace import discreet
from sql import warehouse
from transforms.identity.accounts import named
from transforms.identity.audit import record_refusal
from transforms.identity.database_logins import watch_sessions
from transforms.identity.filing import must_hand_in
from transforms.identity.person import SYSTEM, Person
from transforms.intake.read.limits import SIZE
from transforms.intake.submit import submit

log = discreet(logging.getLogger("sala.inbox"))

TAKEN, SET_ASIDE = ".taken", ".set-aside"
SETTLED_SECONDS = 1.0  # a file younger than this may still be being written
LONGEST_NAME = 200  # bytes


def folder() -> Path:
    """SALA_HOME/inbox; `main` makes it."""
    return settings().home / "inbox"


@dataclass(frozen=True)
class Entry:
    """Something that lies in the inbox. `status`: when it was listed, and of itself where it is a link."""

    folder: Path
    name: str
    status: os.stat_result

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name

    @property
    def sender(self) -> str | None:
        """The folder of the inbox in which it lies; None for the inbox itself."""
        parts = self.folder.relative_to(folder()).parts
        return parts[0] if parts else None

    @property
    def settled(self) -> bool:
        """Whether nobody has written to it for a while; a clock that was set back says nothing."""
        return not 0 <= time.time() - self.status.st_mtime < SETTLED_SECONDS

    @property
    def shown_name(self) -> str:
        """Its name in letters that can be printed."""
        return os.fsencode(self.name).decode("utf-8", "backslashreplace")


def take_in() -> int:
    """Submit every settled file of the inbox. Returns how many were taken; none of them stops the others."""
    taken = 0
    for entry in sorted(_entries(), key=lambda entry: (entry.status.st_mtime_ns, os.fsencode(entry.name))):
        if not entry.settled:
            continue
        try:
            taken += _take(entry)
        except (Full, Unavailable) as refusal:
            log.warning("A file stays for now: %s", refusal)
            return taken  # those after it would fare no better, and come after it
        except Exception:
            log.exception("A file of %s cannot be taken in, nor set aside", entry.sender)
    return taken


def forget(receipt: str) -> None:
    """Delete the notes that hold what a file was called."""
    for note in folder().rglob(f"{TAKEN}/{receipt}.txt"):
        note.unlink(missing_ok=True)


def _entries() -> Iterator[Entry]:
    """Everything that is no folder and not hidden. Links to folders are entries too, and never followed."""
    for place, folders, names in os.walk(folder()):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in (*names, *links):
            if not name.startswith("."):
                with suppress(FileNotFoundError):  # its sender took it back
                    yield Entry(Path(place), name, os.lstat(Path(place) / name))


def _take(entry: Entry) -> bool:
    """Submit one entry, or set it aside. Raises Full and Unavailable where it has to wait."""
    try:
        raw = _read(entry)
    except Refusal as refusal:
        return _set_aside(entry, refusal)
    sender = None
    try:
        sender = _person(entry.sender)
        must_hand_in(sender, None)
        receipt = submit(raw, entry.name, by=sender, via="inbox")
    except (Full, Unavailable):
        raise
    except Refusal as refusal:
        if sender:
            record_refusal(sender.acting(), sender, refusal, "inbox")
        return _set_aside(entry, refusal)
    except Exception as error:
        if silence := warehouse.away(error):
            raise silence from error
        log.exception("A file of %s could not be taken in", entry.sender)
        return _set_aside(entry, Refusal("inbox_fault"))
    _note(entry.folder / TAKEN / f"{receipt.receipt}.txt", entry.name)
    if _same(os.lstat(entry.path), entry.status):  # else somebody has put another in its place, which is next
        entry.path.unlink()
    log.info("Took a file, receipt %s", receipt.receipt)
    return True


def _person(name: str | None) -> Person:
    """Whose folder it is; who may write beside the folders is at the machine itself. Raises NotFound."""
    return named(name, current()) if name is not None else replace(SYSTEM, name="inbox")


def _read(entry: Entry) -> bytes:
    """The bytes of a regular file. Raises Refusal for anything else."""
    name = os.fsencode(entry.name)
    if not entry.shown_name.isprintable() or entry.shown_name.encode() != name:
        raise Refusal("inbox_name_letters")
    if len(name) > LONGEST_NAME:
        raise Refusal("inbox_name_long", most=LONGEST_NAME)
    if not stat.S_ISREG(entry.status.st_mode) or entry.status.st_nlink > 1:
        raise Refusal("inbox_link")
    if entry.status.st_size > SIZE:
        raise TooLarge("inbox_large", most=f"{SIZE:,}")
    try:
        descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Refusal("inbox_unreadable", reason=error.strerror or "") from error
    with os.fdopen(descriptor, "rb") as file:
        if not _same(os.fstat(descriptor), entry.status):
            raise Unavailable("inbox_moves")
        return file.read(SIZE + 1)


def _same(now: os.stat_result, then: os.stat_result) -> bool:
    """Whether it is the same file with the same content."""
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) == (
        then.st_dev,
        then.st_ino,
        then.st_size,
        then.st_mtime_ns,
    )


def _set_aside(entry: Entry, refusal: Refusal) -> bool:
    """Move an entry out of the way, unopened, with the reason beside it."""
    place = entry.folder / SET_ASIDE / str(time.time_ns())
    _note(place.with_name(f"{place.name}.reason.txt"), f"{entry.shown_name}\n{refusal}")
    entry.path.rename(place)
    log.warning("Set aside as %s: %s", place.name, refusal.key)
    return False


def _note(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.parent.is_symlink():
        raise NotADirectoryError(path.parent)
    # it exists where the same file came before, or where somebody put a link to somewhere else in its place
    with suppress(FileExistsError), path.open("x", encoding="utf-8") as note:
        note.write(text + "\n")


def main() -> None:
    """Watch the inbox and take in whatever is put there. Never returns by itself."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder().mkdir(parents=True, exist_ok=True)
    Thread(target=watch_sessions, daemon=True).start()  # beside the pages, which may be stopped
    log.info("Watching %s", folder())
    take_in()
    # looks again every few seconds even without a change, for files that had not settled
    for _ in watch(folder(), yield_on_timeout=True, rust_timeout=2_000):
        take_in()


if __name__ == "__main__":
    main()
