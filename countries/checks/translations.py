"""Every text in every language of the country."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from countries.checks.reference_checks import Broken
from countries.declarations.declared import TRANSLATED
from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place


def everything_is_translated(declared: RawDeclarations) -> Broken:
    """Yields each text for people, and the country's name, that lacks one of the country's languages."""
    languages = declared.parsed.get(("languages",)) or ()
    for place, item in declared.parsed.items():
        if isinstance(item, BaseModel):
            yield from _untranslated(place, item, languages)
    names = declared.parsed.get(("names",))
    if names is not None:
        yield from _missing_languages(("names",), names, languages)


def _untranslated(place: Place, item: BaseModel, languages: Iterable[str]) -> Broken:
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if TRANSLATED in info.metadata and value is not None:
            yield from _missing_languages((*place, name), value, languages)
        elif isinstance(value, BaseModel):
            yield from _untranslated((*place, name), value, languages)
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, BaseModel):
                    yield from _untranslated((*place, name, number), part, languages)


def _missing_languages(place: Place, texts: Any, languages: Iterable[str]) -> Broken:
    for language in languages:
        if not texts.get(language, "").strip():
            yield place, f"`{place[-1]}` has no text in `{language}`; add one"
    for language in texts.keys() - set(languages):
        yield (*place, language), f"`{language}` is not one of the country's languages"
