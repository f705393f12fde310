"""Persons of lists under the key that the warehouse goes by: another key would make strangers of everybody known."""

from __future__ import annotations

import hmac

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, text

from sala.errors import Unavailable
from transforms.intake.keys import Key, newest, of_version
from validators.persons import Persons

NEWEST = "SELECT version, mark FROM core.pseudonym_key ORDER BY version DESC LIMIT 1"
KEEP = """
    INSERT INTO core.pseudonym_key AS k (version, mark) VALUES (:version, :mark)
    ON CONFLICT (version) DO UPDATE SET mark = excluded.mark WHERE k.mark IS NULL
"""


def key_in_use(connection: Connection) -> Key:
    """The pseudonym key of the warehouse's lists; the first list makes it. Raises Unavailable for a key that is missing
    or is another one."""
    known = connection.execute(text(NEWEST)).one_or_none()
    key = newest("pseudonym") if known is None else of_version("pseudonym", known.version)
    if known is None or known.mark is None:
        connection.execute(text(KEEP), {"version": key.version, "mark": mark(key)})
    elif not hmac.compare_digest(bytes(known.mark), mark(key)):
        raise Unavailable("key_other", version=key.version)
    return key


def mark(key: Key) -> bytes:
    """By what a key is known again, from which it cannot be found."""
    return hmac.digest(key.secret, b"key of pseudonyms", "sha256")


def pseudonyms(persons: Persons, key: Key) -> dict[str, pd.Series | np.ndarray]:
    """`person` and `key_version` of each row of a list, digested with the key's secret. Identifiers go no further."""
    written = pa.array(persons.hexadecimal.astype(object), pa.binary()).cast(pa.string())
    return {
        "person": pd.Series(pd.array(written.take(pa.array(persons.codes)), pd.ArrowDtype(pa.string()))),
        "key_version": np.full(len(persons.codes), key.version, dtype="int16"),
    }
