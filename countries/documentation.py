"""What a country folder may say, written from the declarations themselves: every key, whether it is needed, what may
stand there, and what it means."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from countries.declarations.declared import TRANSLATED
from countries.folder.raw_declarations import SECTIONS
from countries.model import Country

BY_LANGUAGE = "a text for each language"
BOUNDS = (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"))
PLAIN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "`yes`, `no`",
    date: "a date like 2026-10-31",
}


def markdown() -> str:
    """A chapter for the sections, and one for each kind of object that they hold, in the order of meeting them."""
    chapters = ["# What a country folder may say", _INTRODUCTION, _table(SECTIONS)]
    for model in _models(Country):
        meaning = " ".join((model.__doc__ or "").split())
        chapters += [f"## {model.__name__}", meaning, _table(model.model_fields)]
    return "\n\n".join(chapters) + "\n"


_INTRODUCTION = """\
Printed by `sala docs --country` from the declarations themselves. A section is a key of `country.yaml`, or a file of
that name beside it."""


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models that a model's fields name, then those that theirs name; each once."""
    kinds: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        named = [kind for info in waiting.pop(0).model_fields.values() for kind in _within(info.annotation)]
        new = [kind for kind in dict.fromkeys(named) if kind not in kinds]
        kinds |= dict.fromkeys(new)
        waiting += new
    return list(kinds)


def _within(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _table(fields: dict[str, FieldInfo]) -> str:
    rows = [
        (
            f"`{info.alias or name}`",
            "yes" if info.is_required() else "",
            _values(info),
            info.description or "",
        )
        for name, info in fields.items()
    ]
    head = [("key", "needed", "holds", "meaning"), ("---",) * 4]
    return "\n".join("| " + " | ".join(row).replace("\n", " ") + " |" for row in [*head, *rows])


def _values(info: FieldInfo) -> str:
    if TRANSLATED in info.metadata:
        return BY_LANGUAGE
    bounds = [
        f"{sign} {getattr(mark, name):g}"
        for mark in info.metadata
        for name, sign in BOUNDS
        if hasattr(mark, name)
    ]
    return ", ".join([_shown(info.annotation), *bounds])


def _shown(annotation: Any) -> str:
    """The words, the object or the kind of value that an annotation admits."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in parts)
    if origin is Annotated:
        return BY_LANGUAGE if TRANSLATED in parts else _shown(parts[0])
    if origin is tuple:
        return f"a list of {_shown(parts[0])}"
    if origin in (dict, Mapping):
        return f"keys ({_shown(parts[0])}) with values ({_shown(parts[1])})"
    if parts:
        return " or ".join(_shown(part) for part in parts if part is not NoneType)
    if issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return PLAIN[annotation]
