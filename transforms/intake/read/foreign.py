"""Files that are no table, or one in a form that is not read, told by how they begin."""

import re

from validators.contracts.contract import Text
from validators.messages import words

BINARY = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"{\\rtf": "RTF",
}
HEAD = 4096
WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script)\b")
XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def binary_kind(content: bytes) -> str | None:
    """What bytes are that are no text; None for what may be a table."""
    return next((name for mark, name in BINARY.items() if content.startswith(mark)), None)


def text_kind(text: bytes) -> Text | str | None:
    """What a text in UTF-8 is that is no table, whatever its name; None for what may be one."""
    head = text[:HEAD].lstrip().lower()
    if head.startswith(b"<"):
        if XML_SPREADSHEET in head and b"<html" not in head:
            return words()["xml_spreadsheet"]
        return words()["web_page"] if WEB_PAGE.search(head) else None
    if head.startswith((b"mime-version:", b"content-type: multipart/related")):
        return words()["web_page"]
    return "SYLK" if head.startswith(b"id;p") else None
