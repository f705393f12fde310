"""XML as a row of events: nothing of a document is kept that nobody asked for, and nothing in it is expanded."""

from typing import IO, Self
from xml.parsers.expat import ExpatError, ParserCreate

BLOCK = 1 << 20

ENCODINGS = ("utf-8", "utf-16", "us-ascii", "iso-8859-1")
"""Those that the parser reads by itself; of others it asks for a table, which documents of offices never need."""

Attributes = dict[str, str]


class BrokenXml(ValueError):
    """A document that is not well formed, or declares what could make it grow."""


class XmlEvents:
    """Is told of a document's elements: of all that start, and while it listens of those that end, with the text since
    the last start. `local[name]` is a name without its prefix: `row` for `x:row`.
    """

    def __init__(self) -> None:
        self.local = _WithoutPrefix()
        self._text: list[str] = []
        self._expat = ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = _refuse
        self._expat.XmlDeclHandler = _must_be_read
        self.ignore()

    def started(self, name: str, attributes: Attributes) -> None:
        """An element starts; its name as it is written, for this is called a million times."""

    def ended(self, name: str, text: str) -> None:
        """An element ends that was listened to; its name without prefix."""

    def listen(self) -> None:
        """Be told of texts and ends from here on."""
        self._text.clear()
        self._expat.StartElementHandler = self._started
        self._expat.EndElementHandler = self._ended
        self._expat.CharacterDataHandler = self._text.append

    def ignore(self) -> None:
        """Be told of starts only."""
        self._expat.StartElementHandler = self.started
        self._expat.EndElementHandler = self._expat.CharacterDataHandler = None

    @property
    def position(self) -> int:
        """Bytes of the document before what is being told of."""
        return self._expat.CurrentByteIndex

    def read(self, document: IO[bytes]) -> Self:
        """Go through a document block by block. Raises `BrokenXml`, and what the events raise."""
        try:
            while block := document.read(BLOCK):
                self._expat.Parse(block, False)
            self._expat.Parse(b"", True)
        except ExpatError as error:
            raise BrokenXml(str(error)) from error
        return self

    def _started(self, name: str, attributes: Attributes) -> None:
        self._text.clear()
        self.started(name, attributes)

    def _ended(self, name: str) -> None:
        self.ended(self.local[name], "".join(self._text))


class _WithoutPrefix(dict[str, str]):
    """Name as written → name without its prefix, worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def _refuse(*_declared: object) -> None:
    raise BrokenXml("document type declarations are not read")


def _must_be_read(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ENCODINGS:
        raise BrokenXml("in an encoding that is not read")
