"""What every answer of the API keeps of its description, whatever is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

PROMISES = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def keeps_its_promises(
    call: Any, examples: int, headers: Mapping[str, str], base_url: str | None = None
) -> None:
    """Send so many examples of a described call, half of them against its description.

    `base_url`: where the API is, if it is not called in this process. Raises AssertionError or ExceptionGroup.
    """
    checks = [not_a_server_error, *PROMISES]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)

    @given(case=st.one_of(*(call.as_strategy(generation_mode=mode) for mode in modes)))
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def each(case: Case) -> None:
        case.validate_response(case.call(base_url=base_url, headers=headers), checks=checks)

    each()
