"""YAML read with the line of every value, and every plain value as the text that stands there.

Plain YAML would turn the area code 021405 into an octal number and Norway's NO into false. The declaration's
models say which value is a number, a date or a yes; here text stays text.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from countries.errors import Fault

Place = tuple[str | int, ...]
"""The keys and positions that lead to a value, as in ("schemes", 3, "eligible", "sexes")."""


@dataclass
class Document:
    """What a YAML file says, and where."""

    file: Path
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(file: Path) -> Document:
    """Read one file. What cannot be read is among the document's faults; its value is None then."""
    document = Document(file)
    try:
        node = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
        document.value = _value(node, (), document) if node else {}
    except UnicodeDecodeError as error:
        document.faults.append(Fault(file, 1, f"is not UTF-8 text ({error.reason}); save it as UTF-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = f"is not YAML: {error.problem}; look at the indentation and the quotes"
        document.faults.append(Fault(file, line, message))
    except yaml.YAMLError as error:
        document.faults.append(Fault(file, 1, f"is not YAML: {error}"))
    except RecursionError:
        document.faults.append(Fault(file, 1, "is nested too deeply"))
    return document


def _value(node: yaml.Node, place: Place, document: Document) -> Any:
    document.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, i), document) for i, child in enumerate(node.value)]
    return None if node.tag.endswith(":null") else node.value


def _mapping(node: yaml.MappingNode, place: Place, document: Document) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in mapping:
            message = f"`{key}` stands twice here; keep one"
            document.faults.append(Fault(document.file, line, message))
        mapping[key] = _value(value_node, (*place, key), document)
        document.lines[(*place, key)] = line
    return mapping
