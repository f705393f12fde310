"""The declarations of a country folder while they may still be faulty.

Each object is parsed by itself, so that one bad scheme hides neither the next one nor its own second fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from countries.declarations.indicators import Indicator
from countries.declarations.schemes import Guarantee
from countries.errors import Fault
from countries.folder.yaml_positions import Document, Place, read
from countries.indicator_schemes import spelt_out
from countries.model import Country

SECTIONS = {name: info for name, info in Country.model_fields.items() if name != "folder"}


@dataclass
class RawDeclarations:
    """What a folder says (`raw`), what of it could be parsed (`parsed`), what is wrong with it (`faults`)."""

    folder: Path
    raw: dict[str, Any] = field(default_factory=dict)
    parsed: dict[Place, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _faulty: set[str] = field(default_factory=set)
    _documents: dict[Place, Document] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> RawDeclarations:
        """The folder's declarations, each parsed by itself; what is wrong with one is among `faults`, never raised.

        Where a file is no YAML, nothing but that is said: what names its contents would seem to be wrong as well.
        """
        declared = cls(folder)
        if not (folder / "country.yaml").is_file():
            missing = "is missing: a country folder begins with it"
            declared.faults.append(Fault(folder / "country.yaml", 1, missing))
            return declared
        declared._read_files()
        if any(document.faults and document.value is None for document in declared._documents.values()):
            return cls(folder, faults=declared.faults)
        for section, info in SECTIONS.items():
            if section in declared.raw:
                declared._parse(section, info)
            elif info.is_required():
                declared.fault((section,), f"`{section}` is missing")
            else:
                declared.parsed[section,] = info.get_default()
        return declared

    def country(self) -> Country:
        """The country as far as it is sound; sections with a fault are missing from it."""
        sections: dict[str, Any] = {"folder": self.folder}
        for section in SECTIONS:
            items = dict(self.items(section))
            if (section,) in self.parsed:
                sections[section] = self.parsed[section,]
            elif items:
                sections[section] = tuple(sorted(items.values(), key=_rank))
        if "indicators" in sections:
            named = spelt_out(sections["indicators"], sections.get("schemes", ()))
            sections["indicators"] = tuple(sorted(named, key=_rank))
        return Country.model_construct(**sections)

    def sound(self, *sections: str) -> bool:
        """Whether anything was read at all, and no fault so far lies in one of the sections."""
        return bool(self.raw) and not self._faulty & set(sections)

    def items(self, section: str) -> Iterator[tuple[Place, Any]]:
        """The objects of a list that could be parsed, each with its place."""
        return ((place, item) for place, item in self.parsed.items() if place[0] == section and place[1:])

    def ids(self, section: str) -> list[str]:
        """The ids that a list declares, those of faulty objects included."""
        entries = self.raw.get(section)
        entries = entries if isinstance(entries, list) else []
        named = [entry.get("id") for entry in entries if isinstance(entry, dict)]
        return [name for name in named if isinstance(name, str)]

    def fault(self, place: Place, message: str) -> None:
        """Add a fault at the file and line of a place; its section is no longer sound."""
        document, rest = self._locate(place)
        self._faulty.add(str(place[0]))
        self.faults.append(Fault(document.file, document.line(rest), message))

    def _locate(self, place: Place) -> tuple[Document, Place]:
        for length in (2, 1, 0):
            if document := self._documents.get(place[:length]):
                return document, place[length:]
        raise KeyError(place)

    def _read_files(self) -> None:
        main = self._document((), self.folder / "country.yaml")
        self.raw = dict(main) if isinstance(main, dict) else {}
        for section in self.raw.keys() - SECTIONS.keys():
            self.fault((section,), f"`{section}` is not a known key{did_you_mean(section, SECTIONS)}")
        for file in sorted(self.folder.glob("*.yaml")):
            if file.stem in self.raw:
                self.faults.append(Fault(file, 1, f"country.yaml says `{file.stem}:` too; keep one of them"))
            elif file.stem in SECTIONS:
                self.raw[file.stem] = self._document((file.stem,), file)
            elif file.stem != "country":
                hint = did_you_mean(file.stem, SECTIONS)
                self.faults.append(Fault(file, 1, f"is not part of a country folder{hint}"))
        for number, file in enumerate(sorted(self.folder.glob("indicators/*.yaml"))):
            self.raw.setdefault("indicators", []).append(self._document(("indicators", number), file))

    def _document(self, place: Place, file: Path) -> Any:
        document = self._documents[place] = read(file)
        self.faults += document.faults
        return document.value

    def _parse(self, section: str, info: FieldInfo) -> None:
        value, annotation = self.raw[section], info.annotation
        item_type = get_args(annotation)[0] if get_origin(annotation) is tuple else str
        if isinstance(value, list) and issubclass(item_type, BaseModel):
            for number, item in enumerate(value):
                self._parse_value((section, number), item_type, item)
        else:
            self._parse_value((section,), Annotated[annotation, info], value)

    def _parse_value(self, place: Place, kind: Any, value: Any) -> None:
        try:
            self.parsed[place] = TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            for detail in error.errors():
                self.fault((*place, *detail["loc"]), _in_plain_words(detail, kind))


def _rank(item: Any) -> int:
    """Indicators in the order of the guarantees, those of no guarantee last, unions of persons before all others and
    those of one scheme behind these; everything else as it stands."""
    if not isinstance(item, Indicator):
        return 0
    guarantee = (*get_args(Guarantee), None).index(item.guarantee)
    return 3 * guarantee + (2 if not item.coverage else int(item.each is not None))


def _in_plain_words(detail: ErrorDetails, kind: Any) -> str:
    """What a person reads instead of the parser's message, with the remedy."""
    key = _key(detail["loc"])
    given, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"`{key}` is missing{_meaning(key, kind)}"
        case "extra_forbidden":
            return f"`{key}` is not a known key{did_you_mean(key, _keys(kind, detail['loc'][:-1]))}"
        case "literal_error":
            return f"`{key}` is {given!r}; it can be {context['expected']}"
        case "int_parsing" | "int_type" | "float_parsing" | "float_type":
            return f"`{key}` is {given!r}; a number belongs here"
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return f"`{key}` is {given!r}; a date belongs here, written like 2026-10-31"
        case "bool_parsing" | "bool_type":
            return f"`{key}` is {given!r}; write yes or no"
        case "model_type" | "mapping_type" | "dict_type":
            return f"`{key}` should be several keys with values, not {given!r}"
        case "tuple_type":
            return f"`{key}` should be a list, not {given!r}"
        case "string_type" if given is None:
            return f"`{key}` has no text; a text with a comma between braces needs quotes around it"
        case "string_type":
            return f"`{key}` should be one text, not {given!r}"
        case "value_error":
            return str(context["error"])
        case _:
            return f"`{key}` is {given!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _key(path: Place) -> str:
    """The key at which something is wrong: of an item its list's, of a key that may not stand there its mapping's."""
    around = path[:-2] if path[-1:] == ("[key]",) else path
    return next((step for step in reversed(around) if isinstance(step, str)), "this")


def _keys(kind: Any, path: Place) -> list[str]:
    """The keys that the model at the end of a path knows; names of the country's own lead to no other model."""
    model = _model_in(kind)
    for step in path:
        if model and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation)
    return list(model.model_fields) if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _meaning(key: str, kind: Any) -> str:
    info = kind.model_fields.get(key) if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    return f": {info.description}" if info and info.description else ""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The end of a message about a word that is not known: the nearest one, or all that there are."""
    return close_to(word, words) or f"; known are {', '.join(sorted(words)) or 'none'}"


def close_to(word: str, words: Iterable[str]) -> str:
    """The end of a message about one word of very many: the nearest, or nothing."""
    close = get_close_matches(word, list(words), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""
