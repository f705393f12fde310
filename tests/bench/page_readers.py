"""People who read pages one after the other, for Locust: each page asks for what a browser was seen to ask for."""

import json
import os
import random
from pathlib import Path
from typing import Any

from locust import HttpUser, between, task

PAGES: list[dict[str, Any]] = json.loads(Path(os.environ["SALA_BENCH_REQUESTS"]).read_text())


class Reader(HttpUser):
    """Somebody who opens a page, reads, and opens another."""

    wait_time = between(3, 8)

    @task
    def open_page(self) -> None:
        """All requests of one page, in their order."""
        page = random.choice(PAGES)
        for place, request in enumerate(page["requests"]):
            self.client.request(
                request["method"],
                request["path"],
                headers=request["headers"],
                data=request["body"],
                name=f"{page['name']} {place} {request['path'].partition('?')[0]}",
            )
