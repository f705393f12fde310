"""Disclosure control: nobody can work out from what is released how many persons a small cell counts.

`protect` decides what is shown of the public tables; `audit` has the last word on it, whatever made them. Both take
frames with one row a cell:

- `cells`: `table`, `period` (key), `area` (code), `sex`, `age_group`, `scheme`, `indicator` (`_T` for a total, or where
  a table lacks the dimension) and `count` (persons, whole). `protect` adds `published` (Int64, empty where nothing is
  shown) and `status` (`A` shown, `Q` suppressed, `R` rounded).
- `earlier`: the cells of every earlier release, those withdrawn included, oldest first, with `published`, `status`
  and `count` as they were then; `release` tells the releases apart.
- `areas`: `code`, `parent`, `layer`.
"""

from transforms.release.disclosure.audit import audit
from transforms.release.disclosure.exposure import Exposure
from transforms.release.disclosure.protect import protect

__all__ = ["Exposure", "audit", "protect"]
