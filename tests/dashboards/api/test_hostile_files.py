"""A file that brings its reader down gets an answer in words, and whoever asks next is answered as well."""

from __future__ import annotations

import io

import pytest

from tests.dashboards.api.test_tokens import bearer, made
from tests.transforms.identity.conftest import Chain
from tests.transforms.intake.hostile_files import FILES, HEADER, LINE


@pytest.mark.parametrize("name", ["date_before_all_time", "one_long_text_shared_by_many_cells"])
def test_a_check_answers_in_words(chain: Chain, name: str) -> None:
    from dashboards.app import server

    headers = bearer(made(chain.people["officer-p1"], "submit"))
    with server.test_client() as client:

        def checked(raw: bytes) -> dict[str, object]:
            sent = {"file": (io.BytesIO(raw), "october.xlsx"), "dry_run": "true"}
            answer = client.post("/api/v1/submissions", data=sent, headers=headers)
            assert answer.status_code == 200
            return dict(answer.get_json())

        verdict = checked(FILES[name].make())
        assert verdict["outcome"] == "unreadable"
        assert "The file cannot be read:" in str(verdict["problems"])
        assert checked(HEADER + LINE)["outcome"] == "rejected"  # none of its codes is the country's
