"""A file as an answer: CSV line by line, workbooks whole."""

import io
from collections.abc import Iterable
from itertools import chain

from flask import Response, send_file, stream_with_context

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_attachment(lines: Iterable[str], *parts: str | None) -> Response:
    """Lines of CSV as a file named after `parts`, sent as they are read."""
    # Excel takes CSV for UTF-8 only when it begins with a byte order mark, and names are in Khmer.
    body = (line.encode() for line in chain(["\ufeff"], lines))
    answer = Response(stream_with_context(body), mimetype="text/csv")
    filename = _plain("-".join(["sala", *(part for part in parts if part)]) + ".csv")
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer


def xlsx_attachment(content: bytes, filename: str) -> Response:
    """A workbook as a file; its name may be in any script."""
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=_plain(filename))


def _plain(filename: str) -> str:
    return "".join(letter if letter.isprintable() else "_" for letter in filename)
