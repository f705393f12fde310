"""What happens to a file and to a period: an event and its facts as `name=value`, a log line each, for programs too."""

from __future__ import annotations

import json
import logging

LOGGER = "sala.events"

_log = logging.getLogger(LOGGER)


def happened(event: str, **facts: object) -> None:
    """Log an event, such as `received receipt="ABCD-EFGH-IJKL"`. Facts name no persons and repeat no cells."""
    _log.info(
        "%s %s", event, " ".join(f"{name}={json.dumps(fact, default=str)}" for name, fact in facts.items())
    )
