"""Check a release of Sala: that its figures are those that were signed. Needs Python 3, and neither Sala nor a network.

    python verify.py                     the release in this folder
    python verify.py --hash HEX          … whose content hash you know from its citation or the minutes
    python verify.py --figure KEY        … and what it says at KEY, such as KH:F:older

Exit status 0: unchanged; 1: something was changed or is missing, and a line says what.
"""

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SIGNATURES = "signatures.json"


def found_in(folder: Path, known_hash: str = "") -> list[str]:
    """What is wrong with the release in a folder; nothing where it is what was signed."""
    try:
        return list(_problems(folder, known_hash))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"this is no whole release: {error}"]


def _problems(folder: Path, known_hash: str) -> Iterator[str]:
    sealed = (folder / "manifest.json").read_bytes()
    manifest, content_hash = json.loads(sealed), hashlib.sha256(sealed).hexdigest()
    if known_hash and known_hash.lower() != content_hash:
        yield f"the content hash is {content_hash}, not the one you know: another release, or a changed one"
    yield from _changed_files(folder, manifest["files"])
    if not (folder / SIGNATURES).exists():
        yield f"{SIGNATURES} is missing: nobody has signed this"
        return
    yield from _unsound_signatures(json.loads((folder / SIGNATURES).read_bytes()), manifest, content_hash)


def _changed_files(folder: Path, files: dict[str, dict[str, object]]) -> Iterator[str]:
    for name, listed in sorted(files.items()):
        if not (folder / name).exists():
            yield f"{name} is missing"
            continue
        content = (folder / name).read_bytes()
        lines = content.count(b"\n")
        if lines != listed["lines"]:
            yield f"{name} has {lines} lines, not {listed['lines']}"
        elif hashlib.sha256(content).hexdigest() != listed["sha256"]:
            yield f"{name} was changed: it is not the file that was signed"


def _unsound_signatures(
    entries: list[dict[str, str]], manifest: dict[str, object], content_hash: str
) -> Iterator[str]:
    """Entries of the audit log: each seal is the SHA-256 over the seal before it and the entry's own content."""
    offices: list[str] = []
    persons: set[str] = set()
    published = False
    for entry in entries:
        sealed = hashlib.sha256(bytes.fromhex(entry["previous"]) + entry["content"].encode()).hexdigest()
        number, _, _, person, action, subject, _, detail = json.loads(entry["content"])
        if sealed != entry["seal"] or number != entry["number"]:
            yield f"entry {entry['number']} of {SIGNATURES} was changed: its content does not give its seal"
        if subject != f"release {manifest['release']}" or detail.get("content") != content_hash:
            yield f"entry {entry['number']} of {SIGNATURES} is about something else than this content"
        if action == "release.signed":
            offices.append(detail.get("office", ""))
            persons.add(detail.get("by") or person)
        published = published or action == "release.released"
    if missing := Counter(manifest["quorum"]) - Counter(offices):  # type: ignore[call-overload]
        yield f"the signature of {', '.join(sorted(missing))} is missing"
    if not offices or len(persons) < len(offices):
        yield "there are fewer signatures than persons who must sign"
    if not published:
        yield "the entry that published it is missing"


def figures(folder: Path, key: str) -> Iterator[str]:
    """What the release says at a key, a line for each of its tables that has it."""
    for table in sorted(folder.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row.get("key") == key:
                    yield f"{table.stem} " + ", ".join(
                        f"{name} {value}" for name, value in row.items() if value
                    )


def main() -> int:
    """Say what was found; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--hash", default="", help="the content hash that is known from elsewhere")
    parser.add_argument("--figure", default="", help="a key, to print its figure")
    asked = parser.parse_args()
    found = found_in(asked.folder, asked.hash)
    for problem in found:
        print(f"NOT AS SIGNED: {problem}")
    if found:
        return 1
    manifest = json.loads((asked.folder / "manifest.json").read_bytes())
    print(
        f"{manifest['release']}, version {manifest['version']}, as known at {manifest['as_known_at']}: unchanged."
    )
    print(f"Content {hashlib.sha256((asked.folder / 'manifest.json').read_bytes()).hexdigest()}")
    for entry in json.loads((asked.folder / SIGNATURES).read_bytes()):
        _, at, _, person, action, _, _, detail = json.loads(entry["content"])
        who = f"{detail['office']} {detail.get('by') or person}".strip() if detail.get("office") else person
        print(f"{at}  {action}  {who}  (entry {entry['number']} of the audit log, seal {entry['seal']})")
    for line in figures(asked.folder, asked.figure) if asked.figure else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
