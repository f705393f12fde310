"""The lock is held against advisories that somebody brings in a file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sala.settings import REPOSITORY
from tests.attack.advisories import main, pinned

PINS = pinned((REPOSITORY / "requirements.lock").read_text())
(FLASK,) = PINS["flask"]
NEXT = f"{FLASK}.1"


def osv(name: str = "Flask", **affected: Any) -> dict[str, Any]:
    return {"id": "PYSEC-1", "affected": [{"package": {"ecosystem": "PyPI", "name": name}} | affected]}


def between(*events: dict[str, str]) -> list[dict[str, Any]]:
    return [{"type": "GIT", "events": [{"introduced": "0"}]}, {"type": "ECOSYSTEM", "events": list(events)}]


def report(version: str) -> dict[str, Any]:
    advisory = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": [NEXT], "description": "…"}
    skipped = {"name": "sala", "skip_reason": "not on an index"}
    return {
        "dependencies": [{"name": "flask", "version": version, "vulns": [advisory]}, skipped],
        "fixes": [],
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (osv(versions=["0.1", FLASK]), 1),
        (osv(versions=["0.1", NEXT]), 0),
        (osv("flask", ranges=between({"introduced": "0"}, {"fixed": NEXT})), 1),
        (osv("flask", ranges=between({"introduced": "0"}, {"fixed": FLASK})), 0),
        (osv("flask", ranges=between({"introduced": "0"}, {"last_affected": FLASK})), 1),
        (osv("flask", ranges=between({"introduced": NEXT})), 0),
        (osv("flask", ranges=between({"fixed": "0.5"}, {"introduced": "0"}, {"introduced": FLASK})), 1),
        (osv("of_nobody", versions=[FLASK]), 0),
        (osv(versions=[FLASK]) | {"withdrawn": "2026-01-01T00:00:00Z"}, 0),
        ([osv("of_nobody"), osv(versions=[FLASK])], 1),
        (report(FLASK), 1),
        (report("0.1"), 0),
        ({"name": "neither"}, 2),
        ([], 2),
    ],
)
def test_an_advisory_that_names_a_pinned_version_fails(tmp_path: Path, content: Any, code: int) -> None:
    file = tmp_path / "advisories.json"
    file.write_text(json.dumps(content))
    assert main([str(file)]) == code


def test_what_is_named_is_printed_with_the_version_that_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        found = osv("flask", ranges=between({"introduced": "0"}, {"fixed": NEXT})) | {"aliases": ["CVE-1"]}
        archive.writestr("PYSEC-1.json", json.dumps(found))
        archive.writestr("PYSEC-2.json", json.dumps(osv("of_nobody")))
    assert main([str(file)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first == f"flask {FLASK}: PYSEC-1, CVE-1; mended in {NEXT}"
    assert last.startswith("2 advisories held against")
