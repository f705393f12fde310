"""A table or the reason why there is none, as bytes that one process leaves to another.

What is read back comes from a process that foreign bytes may have taken over: Arrow and JSON say nothing but values,
and every length, code and letter is looked at before it is used.
"""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from sala.errors import Refusal, Unavailable
from validators.problems import PROBLEM_COLUMNS
from validators.table import Table
from validators.unreadable import Unreadable

TABLE, REASON, REFUSAL, FAULT, MEMORY, DAMAGE = 0, 10, 11, 12, 13, 14
"""Exit statuses of who reads. It has left a table, the reason why the file cannot be understood, a refusal that is not
the file's, the trace of a fault of ours, or nothing: for want of memory, or where a library gave up.
"""

FAULT_BYTES = 8_000
LONGEST_REQUEST = 8_000

_NUMBER, _HEAD = "#row_number", b"head"


def write_table(table: Table, out: BinaryIO) -> None:
    """The codes of all columns beside the row numbers, then each column's texts; the rest in the head."""
    head = {
        "dataset": table.dataset,
        "notes": table.notes,
        "header": table.header,
        "problems": table.problems[list(PROBLEM_COLUMNS)].astype(object).values.tolist(),
    }
    codes = {name: pa.array(column.array.codes) for name, column in table.frame.items()}
    rows = pa.table({**codes, _NUMBER: pa.array(table.row_number)})
    _write(out, rows.replace_schema_metadata({_HEAD: _json(head)}))
    for column in table.frame.columns:
        _write(out, pa.table({"texts": pa.array(table.frame[column].array.categories, pa.large_string())}))


def read_table(content: pa.Buffer) -> Table:
    """The table that `write_table` left. Raises ValueError, KeyError or TypeError for anything else."""
    stream = pa.BufferReader(content)
    rows = _read(stream)
    head = json.loads(rows.schema.metadata[_HEAD])
    columns = {
        name: pd.Categorical.from_codes(rows[name].combine_chunks().to_numpy(), _texts(_read(stream)))
        for name in rows.column_names[:-1]
    }
    problems = pd.DataFrame(head["problems"], columns=list(PROBLEM_COLUMNS), dtype=object)
    return Table(
        head["dataset"],
        pd.DataFrame(columns),
        rows[_NUMBER].to_numpy(),
        head["notes"],
        problems,
        tuple(head["header"]),
    )


def write_reason(reason: Unreadable, out: BinaryIO) -> None:
    """Why a file cannot be understood."""
    out.write(_json([reason.code, reason.candidates, reason.params]))


def read_reason(content: bytes) -> Unreadable:
    """The reason that `write_reason` left. Raises ValueError, KeyError or TypeError for anything else."""
    code, candidates, params = json.loads(content)
    return Unreadable(code, **(params | {"candidates": candidates}))


def write_refusal(refusal: Refusal, out: BinaryIO) -> None:
    """Why nothing can be read, whatever the file holds."""
    out.write(_json([refusal.key, refusal.params]))


def read_refusal(content: bytes) -> Unavailable:
    """The refusal that `write_refusal` left. Raises ValueError, KeyError or TypeError for anything else."""
    key, params = json.loads(content)
    return Unavailable(key, **params)


def _write(out: BinaryIO, table: pa.Table) -> None:
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


def _read(stream: pa.BufferReader) -> pa.Table:
    with pa.ipc.open_stream(stream) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return table


def _texts(table: pa.Table) -> pd.Index:
    return pd.Index(table["texts"].to_pandas().array)


def _json(value: object) -> bytes:
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> object:
    """NumPy's numbers, mappings that are no dict, and paths as JSON has them."""
    if isinstance(value, np.generic):
        return value.item()
    return dict(value) if isinstance(value, Mapping) else str(value)
