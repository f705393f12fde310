"""A file that cannot be understood: nothing in it can be judged, so one text says why and how to mend it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from validators.messages import message_and_fix
from validators.problems import PROBLEM_COLUMNS
from validators.values import sound

LONGEST, MOST = 400, 40
"""Characters of a text and items of a list that are repeated to the sender: a file can hold names without end."""

_STEERING = dict.fromkeys(
    [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)
"""Characters of names of files and sheets that would move a terminal's cursor or turn a line around."""


class Unreadable(Exception):
    """`code` names the fault in `rules.yaml`, `params` fill its text, `candidates` are the likely
    meanings.
    """

    def __init__(self, code: str, *, candidates: Sequence[str] = (), **params: object) -> None:
        self.code = code
        self.candidates = tuple(map(_cut, candidates[:MOST]))
        self.params: dict[str, object] = {name: _cut(value) for name, value in params.items()}
        self.params["candidates"] = ", ".join(self.candidates)
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """What is wrong and how to mend it, in a language."""
        message, fix = message_and_fix(self.code, language, self.params)
        return f"{message} {fix}".strip()

    def message(self, language: str) -> str:
        """What is wrong with the file, in a language."""
        return message_and_fix(self.code, language, self.params)[0]

    def fix(self, language: str) -> str:
        """How to mend it, in a language; empty where the rule has no advice."""
        return message_and_fix(self.code, language, self.params)[1]

    def problem(self) -> pd.DataFrame:
        """The fault as one problem that concerns the whole file."""
        row = (None, None, None, self.code, "reject", self.params)
        return pd.DataFrame([row], columns=list(PROBLEM_COLUMNS))


def _cut(value: Any) -> Any:
    """The value without what is too much to be repeated."""
    if isinstance(value, str):
        return sound(value if len(value) <= LONGEST else f"{value[:LONGEST]}…").translate(_STEERING)
    return [_cut(item) for item in value[:MOST]] if isinstance(value, list | tuple) else value
