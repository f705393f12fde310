"""Compressed files: gzip, and a zip that holds one file; compressed once, and as far as is believable."""

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath

from transforms.intake.read import limits
from validators.unreadable import Unreadable

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
BLOCK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
"""What the libraries raise on damaged files; a seek to nowhere is a ValueError."""


def unpack(raw: bytes) -> tuple[bytes, str]:
    """(content, "gzip", "zip" or ""). A workbook is a zip too, and comes back as it is."""
    if raw.startswith(GZIP):
        content = _gunzip(raw)
        packing = "gzip"
    elif raw.startswith((ZIP, EMPTY_ZIP)):
        content, packing = _unzip(raw)
    else:
        return raw, ""
    if packing and content.startswith((GZIP, ZIP)) and not is_workbook(content):
        raise Unreadable("too_nested")
    return content, packing


def is_workbook(raw: bytes) -> bool:
    """Whether a zip is a spreadsheet (XLSX, XLSB or ODS)."""
    if not raw.startswith(ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except BROKEN:
        return False
    return "[Content_Types].xml" in names or "content.xml" in names


def check_workbook(raw: bytes) -> None:
    """Raises `Unreadable` for a spreadsheet that would unpack beyond the limits."""
    with _opened(raw) as archive:
        _check_size(sum(entry.file_size for entry in archive.infolist()), len(raw))


def _gunzip(raw: bytes) -> bytes:
    content = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
            while block := stream.read(BLOCK):
                content += block
                _check_size(len(content), len(raw))
    except BROKEN as error:
        raise Unreadable("broken_archive") from error
    return bytes(content)


def _unzip(raw: bytes) -> tuple[bytes, str]:
    with _opened(raw) as archive:
        if is_workbook(raw):
            return raw, ""
        files = [entry for entry in archive.infolist() if _is_content(entry)]
        if not files:
            raise Unreadable("empty_file")
        if len(files) > 1:
            shown = [PurePosixPath(entry.filename).name for entry in files[:5]]
            raise Unreadable("several_files", actual=len(files), candidates=shown)
        if files[0].flag_bits & 1:
            raise Unreadable("locked")
        content = bytearray()
        try:
            with archive.open(files[0]) as stream:
                while block := stream.read(BLOCK):
                    content += block
                    _check_size(len(content), len(raw))
        except BROKEN as error:
            raise Unreadable("broken_archive") from error
        return bytes(content), "zip"


def _opened(raw: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except BROKEN as error:
        raise Unreadable("broken_archive") from error


def _is_content(entry: zipfile.ZipInfo) -> bool:
    """macOS puts its own notes beside a file."""
    name = PurePosixPath(entry.filename)
    return not entry.is_dir() and "__MACOSX" not in name.parts and not name.name.startswith(".")


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > limits.UNPACKED:
        raise Unreadable(
            "too_large", actual=unpacked // limits.MEGABYTE, limit=limits.UNPACKED // limits.MEGABYTE
        )
    if unpacked > limits.RATIO_APPLIES_FROM and unpacked > limits.RATIO * packed:
        raise Unreadable("too_compressed", actual=unpacked // packed, limit=limits.RATIO)
