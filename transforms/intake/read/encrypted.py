"""Workbooks that are encrypted with the password that Excel knows by itself, as it does for read-only ones."""

import io
import struct
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from transforms.intake.read.archive import BROKEN
from validators.unreadable import Unreadable

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""XLS begins so, and so does an encrypted XLSX."""

DEFAULT_PASSWORD = "VelvetSweatshop"
"""Opens a workbook without asking anybody ([MS-OFFCRYPTO] 2.4.2.3)."""

PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""What an encrypted XLSX calls its content."""

WRONG = (
    DecryptionError,
    InvalidKeyError,
    ParseError,
    ExpatError,
    LookupError,
    AttributeError,
    TypeError,
    struct.error,
    *BROKEN,
)
"""What the library raises on damaged files: where its XML lacks an element, it finds None or nothing."""


def opened(raw: bytes) -> bytes:
    """The workbook without its encryption, if it has any. Raises `Unreadable` where a password is needed."""
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(raw))
        if not office.is_encrypted():
            return raw
    except (FileFormatError, *WRONG) as error:
        if PACKAGE in raw:
            raise Unreadable("locked") from error
        return raw  # whoever reads workbooks says what is wrong with it
    content = io.BytesIO()
    try:
        office.load_key(password=DEFAULT_PASSWORD)
        office.decrypt(content)
    except WRONG as error:
        raise Unreadable("locked") from error
    return content.getvalue()
