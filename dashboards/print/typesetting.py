"""Printed pages: a template in this folder, its data as JSON, typst, and fonts from the lock file."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import fontpkg_noto_sans
import fontpkg_noto_sans_khmer
import typst

from dashboards import theme

TEMPLATES = Path(__file__).parent
FONT_FOLDERS = [fontpkg_noto_sans.ROOT / "files", fontpkg_noto_sans_khmer.ROOT / "files"]
COLOURS = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "line": theme.LINE,
    "accent": theme.ACCENT,
    "accent_light": theme.ACCENT_LIGHT,
    "women": theme.WOMEN,
    "men": theme.MEN,
    "alarm": theme.ALARM,
    "sand": theme.SAND,
}


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template. `data` holds every word as it is to stand there: templates know no language."""
    return _typeset(template, data, "pdf", None)[0]


def pictures(template: str, data: Mapping[str, Any], dots_per_inch: float = 96) -> list[bytes]:
    """The same pages as PNG, one each."""
    return _typeset(template, data, "png", dots_per_inch)


def _typeset(
    template: str, data: Mapping[str, Any], form: Literal["pdf", "png"], ppi: float | None
) -> list[bytes]:
    made = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in FONT_FOLDERS],
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        sys_inputs={"data": json.dumps(dict(data) | {"colours": COLOURS}, ensure_ascii=False)},
    )
    return list(made) if isinstance(made, list) else [made]
