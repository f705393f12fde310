"""Hold the lock against advisories in a file, without any network: `make advisories FILE=…`.

The file is an export of OSV (one record, a list of records, a record a line, or the zip of an ecosystem), or the JSON
report of pip-audit. Exits with 1 where an advisory names a pinned version, with 2 where the file is none of these.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from sala.settings import REPOSITORY

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


class NoAdvisories(Exception):
    """The file holds nothing that can be read as advisories."""


def pinned(lock: str) -> dict[str, set[str]]:
    """Package → its versions in a requirements file; several where they depend on the platform."""
    versions: dict[str, set[str]] = defaultdict(set)
    for name, version in PIN.findall(lock):
        versions[canonicalize_name(name)].add(version)
    return versions


def named(path: Path, pins: Mapping[str, set[str]]) -> tuple[int, list[str]]:
    """How many advisories there are, and a line for each that names a pinned version. Raises NoAdvisories."""
    count, lines = 0, set()
    for record in _records(path):
        count += 1
        for name, version in _affects(record, pins):
            also = ", ".join([record["id"], *record.get("aliases", [])])
            fixed = ", ".join(sorted(_fixed(record, name))) or "nothing yet"
            lines.add(f"{name} {version}: {also}; mended in {fixed}")
    if not count:
        raise NoAdvisories(f"{path} holds no advisory.")
    return count, sorted(lines)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield from _records_of(json.loads(archive.read(name)))
            return
        text = path.read_text(encoding="utf-8")
        try:
            yield from _records_of(json.loads(text))
        except json.JSONDecodeError:
            for line in filter(str.strip, text.splitlines()):
                yield from _records_of(json.loads(line))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoAdvisories(f"{path} cannot be read as advisories: {error!r}") from error


def _records_of(content: Any) -> Iterator[dict[str, Any]]:
    """OSV records; of a pip-audit report each vulnerability as one."""
    if isinstance(content, list):
        for one in content:
            yield from _records_of(one)
    elif "dependencies" in content:
        for package in content["dependencies"]:
            for advisory in package.get("vulns", []):
                affected = {"package": {"ecosystem": "PyPI", "name": package["name"]}}
                affected |= {"versions": [package["version"]], "mended": advisory.get("fix_versions", [])}
                yield {
                    "id": advisory["id"],
                    "aliases": advisory.get("aliases", []),
                    "affected": [affected],
                }
    else:
        yield {"id": str(content["id"])} | content


def _affects(record: dict[str, Any], pins: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    if record.get("withdrawn"):
        return
    for affected in record.get("affected", []):
        package = affected.get("package", {})
        name = canonicalize_name(package.get("name", ""))
        if package.get("ecosystem") == "PyPI":
            for version in pins.get(name, ()):
                if _is_affected(version, affected):
                    yield name, version


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    """By the versions that are listed, or by a range of the ecosystem; ranges of commits say nothing here."""
    pin = Version(version)
    if any(_version(listed) == pin for listed in affected.get("versions", [])):
        return True
    return any(
        _within(pin, span.get("events", []))
        for span in affected.get("ranges", [])
        if span.get("type") == "ECOSYSTEM"
    )


def _within(pin: Version, events: list[dict[str, str]]) -> bool:
    """Whether the last event up to a version lets it be affected."""
    order = []
    for event in events:
        for kind, at in event.items():
            version = Version("0.dev0") if at == "0" else _version(at)
            if version is not None and kind in ("introduced", "fixed", "last_affected"):
                order.append((version, kind))
    within = False
    for version, kind in sorted(order, key=lambda entry: entry[0]):
        if kind == "introduced" and pin >= version:
            within = True
        elif (kind == "fixed" and pin >= version) or (kind == "last_affected" and pin > version):
            within = False
    return within


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:  # of long ago; nothing that is pinned is spelt like it
        return None


def _fixed(record: dict[str, Any], name: str) -> set[str]:
    return {
        version
        for affected in record["affected"]
        if canonicalize_name(affected.get("package", {}).get("name", "")) == name
        for version in [
            *affected.get("mended", []),
            *(
                event["fixed"]
                for span in affected.get("ranges", [])
                if span.get("type") == "ECOSYSTEM"
                for event in span.get("events", [])
                if "fixed" in event
            ),
        ]
    }


def main(arguments: list[str]) -> int:
    """Print what is named. Returns the exit code."""
    if len(arguments) != 1:
        print("Name the file: make advisories FILE=advisories.json", file=sys.stderr)
        return 2
    pins = pinned((REPOSITORY / "requirements.lock").read_text())
    try:
        count, lines = named(Path(arguments[0]), pins)
    except NoAdvisories as error:
        print(error, file=sys.stderr)
        return 2
    print(*lines, sep="\n", end="\n" if lines else "")
    print(
        f"{count} advisories held against the {len(pins)} packages of requirements.lock: {len(lines)} hits."
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
