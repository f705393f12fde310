"""The folder into which people put files."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.attack.target import Target, attack, must
from transforms.intake import inbox


def _folder(target: Target) -> Path:
    folder = target.on_the_machine().home / "inbox" / target.account("officer").name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _settle(path: Path, seconds_ago: int = 10) -> None:
    os.utime(path, (time.time() - seconds_ago,) * 2, follow_symlinks=False)


def _file(target: Target, n: int) -> bytes:
    return target.file("scheme_returns", target.spare_month(), "below", n, target.schemes[0])


@attack()
def plain_text_left(target: Target) -> str:
    """A file that was taken in is sealed, and gone from the folder in whatever form."""
    folder, raw = _folder(target), _file(target, 765_431)
    (folder / "left.csv").write_bytes(raw)
    _settle(folder / "left.csv")
    inbox.take_in()
    home = target.on_the_machine().home
    left = [path.relative_to(home) for path in home.rglob("*") if path.is_file() and "postgres" not in str(path)
            and b"765431" in path.read_bytes()]  # fmt: skip
    must(not left, f"to be read in {left}")
    must(not (folder / "left.csv").exists(), "the file lies there")
    return "gone, and sealed"


@attack()
def links(target: Target) -> str:
    """Links, pipes and files with a second name are set aside unopened."""
    folder = _folder(target)
    secret = target.on_the_machine().home / "secret-of-the-owner.csv"
    secret.write_bytes(_file(target, 765_433))
    (folder / "soft.csv").symlink_to(secret)
    os.link(secret, folder / "hard.csv")
    os.mkfifo(folder / "pipe.csv")
    for name in ("soft.csv", "hard.csv", "pipe.csv"):
        _settle(folder / name)
    started = time.monotonic()
    taken = inbox.take_in()
    took = time.monotonic() - started
    left = [name for name in ("soft.csv", "hard.csv", "pipe.csv") if os.path.lexists(folder / name)]
    secret.unlink()
    must(taken == 0 and not left and took < 10, f"{taken} taken, {left} lie there, {took:.0f} s")
    return "set aside"


@attack()
def names(target: Target) -> str:
    """A name that is too long, no UTF-8 or of two lines is set aside with its reason, and stops nothing."""
    folder = _folder(target)
    for name in (b"x" * 251 + b".csv", b"\xff\xfe.csv", b"two\nlines.csv"):
        path = os.path.join(os.fsencode(folder), name)
        Path(os.fsdecode(path)).write_bytes(_file(target, 48))
        os.utime(path, (1, 1))
    (folder / "good.csv").write_bytes(_file(target, 49))
    _settle(folder / "good.csv")
    taken = inbox.take_in()
    left = sorted(os.fsencode(entry.name) for entry in os.scandir(folder) if not entry.name.startswith("."))
    must(taken == 1 and not left, f"{taken} taken, {left} lie there")
    return "set aside; the good one taken"


@attack()
def order(target: Target) -> str:
    """Files are taken in by the order of their time, not by their names."""
    folder, month, scheme = _folder(target), target.spare_month(), target.schemes[0]
    for name, n, age in (("a.csv", 52, 10), ("b.csv", 51, 20)):
        (folder / name).write_bytes(target.file("scheme_returns", month, "below", n, scheme))
        _settle(folder / name, age)
    inbox.take_in()
    latest = [one["filename"] for one in target.as_("officer").get("/api/v1/submissions").json()["submissions"]
              if one["via"] == "inbox"][:2]  # fmt: skip
    must(latest == ["a.csv", "b.csv"], f"newest first: {latest}")
    return "the older first"


@attack()
def folders_of_others(target: Target) -> str:
    """Files in the folder of a reader, of nobody, or behind a link to another folder are not taken."""
    officer = _folder(target)
    reader, nobody = (officer.with_name(name) for name in (target.account("analyst").name, "nobody-at-all"))
    for folder in (reader, nobody):
        folder.mkdir(exist_ok=True)
        (folder / "file.csv").write_bytes(_file(target, 55))
        _settle(folder / "file.csv")
    elsewhere = target.on_the_machine().home / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file.csv").write_bytes(_file(target, 56))
    _settle(elsewhere / "file.csv")
    (officer / "folder").symlink_to(elsewhere)
    _settle(officer / "folder")
    taken = inbox.take_in()
    must(taken == 0, f"{taken} taken")
    return "none taken"
