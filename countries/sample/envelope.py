"""A file as it arrives: its bytes, who sent it and when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import SEEK_END, BytesIO
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
from pyarrow.csv import WriteOptions, write_csv

from countries.model import Country
from countries.sample.senders import SampleSender

Dataset = Literal[
    "scheme_returns", "flash_reports", "flash_items", "grievances", "beneficiary_list", "allocations"
]


@dataclass(frozen=True)
class SampleFile:
    """A made-up file as somebody hands it in: its bytes, who sends it, and when (with a time zone)."""

    name: str
    raw: bytes
    sender: SampleSender
    received_at: datetime
    dataset: Dataset


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a header; whole numbers stay whole where other lines have none."""
    frame = frame.drop(columns="top", errors="ignore").dropna(axis="columns", how="all")
    whole = {column: "Int64" for column in frame if pd.api.types.is_float_dtype(frame[column])}
    table = pa.Table.from_pandas(frame.astype(whole), preserve_index=False)
    content = BytesIO((",".join(frame.columns) + "\n").encode())
    content.seek(0, SEEK_END)
    # Arrow writes five times as fast as pandas; codes need no quotes, sentences do
    quotes: Literal["needed", "none"] = "needed" if "text" in frame else "none"
    write_csv(table, content, WriteOptions(include_header=False, quoting_style=quotes))
    return content.getvalue()


def xlsx(frame: pd.DataFrame, made: datetime) -> bytes:
    """The same table as a workbook. The bytes depend on nothing but the arguments."""
    import xlsxwriter

    table = frame.drop(columns="top", errors="ignore")
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": made.replace(tzinfo=None)})
        sheet = workbook.add_worksheet("scheme_returns")
        for row, values in enumerate([table.columns.tolist(), *table.to_numpy().tolist()]):
            sheet.write_row(row, 0, values)
    return content.getvalue()


def moment(country: Country, day: date, days_later: int, minutes: int) -> datetime:
    """So many days after a day, so many minutes after half past seven in the country's mornings."""
    opening = datetime.combine(day + timedelta(days=days_later), time(7, 30), ZoneInfo(country.timezone))
    return opening + timedelta(minutes=minutes)
