"""Raw files in S3-compatible storage: a real server, over HTTP, as the setting says."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import boto3
import pytest

from sala.errors import Gone
from sala.settings import settings
from tests.transforms.intake.conftest import NOW, read, returns, standing
from transforms.identity.person import SYSTEM
from transforms.intake import raw_store
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

ROWS = returns("2026-10 RA1 cash F Y0T17 30")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server of its own, with one bucket."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/moto-api/", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    yield address
    server.kill()
    server.wait()


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> boto3.resources.base.ServiceResource:
    for name, value in {
        "AWS_ENDPOINT_URL": s3,
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "SALA_RAW_URL": "s3://sala-raw/kept",
    }.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").Bucket("sala-raw")
    made.create()
    return made


def test_a_file_goes_through_the_bucket_and_ends_there(country, bucket) -> None:
    before = sorted((settings().home / "raw").rglob("*.sealed"))
    receipt = submit(ROWS, "october.csv", by=SYSTEM, via="api", received_at=NOW)
    receive_waiting(country)
    assert standing("RA1") == {("RA1", "F", "Y0T17"): 30}
    digest = hashlib.sha256(ROWS).digest()
    kept = {entry.key: entry.get()["Body"].read() for entry in bucket.objects.all()}
    assert list(kept) == [f"kept/{digest.hex()[:2]}/{digest.hex()}.sealed"]
    assert b"RA1" not in next(iter(kept.values()))
    assert sorted((settings().home / "raw").rglob("*.sealed")) == before  # nothing beside the bucket
    assert raw_store.fetch(digest) == ROWS
    assert raw_store.end(digest) is True
    assert raw_store.end(digest) is False
    assert list(bucket.objects.all()) == []
    with pytest.raises(Gone, match="is not in"):
        raw_store.fetch(digest)
    assert (
        read("SELECT state FROM mart.submission WHERE receipt = :r", r=receipt.receipt).iloc[0, 0] == "loaded"
    )
