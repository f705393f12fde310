"""What a browser sends to a callback, held against what the callback declares before anything is done with it.

The shape of the request is what Dash declared to the browser; the values are what the callback's annotations say. A
request that a page of ours cannot have sent is refused like any other bad input.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, wraps
from typing import Annotated, Any, TypeVar

from dash import Dash, ctx
from flask import Flask, request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, validate_call

from countries.period import Period
from dashboards.server.body_limits import CALLBACKS
from dashboards.server.kept_text import can_be_kept
from sala.errors import Invalid
from sala.translation.translator import available


def _language(name: str) -> str:
    if name not in available():
        raise ValueError("is no language of Sala")
    return name


def _period(key: str) -> str:
    return Period.parse(key).key


Clicks = int | None
"""How often a button was pressed; None before the first time."""
Language = Annotated[str, AfterValidator(_language)]
PeriodCode = Annotated[str, AfterValidator(_period)]


class Sent(BaseModel):
    """The base of what a page keeps in the browser and gets back."""

    model_config = ConfigDict(extra="ignore")


_Sent = TypeVar("_Sent", bound=Sent)


class _Property(Sent):
    id: str | dict[str, str | int]
    property: str


class _Argument(_Property):
    value: Any = None


class _Call(Sent):
    output: str
    outputs: _Property | list[_Property | list[_Property]]
    inputs: list[_Argument | list[_Argument]] = Field(default=[])
    state: list[_Argument | list[_Argument]] = Field(default=[])
    changedPropIds: list[str] = Field(default=[])


def install(server: Flask, app: Dash) -> None:
    """Look at each call of a callback before Dash does."""

    def look() -> None:
        if request.path == CALLBACKS and request.method == "POST":
            _must_be_declared(request.get_json(), app.callback_map)

    server.before_request(look)


def checked(callback: Callable[..., Any]) -> Callable[..., Any]:
    """A callback that is called only with values that its annotations allow. Raises Invalid."""
    validated = validate_call(callback)

    @wraps(callback)
    def called(*arguments: Any) -> Any:
        try:
            return validated(*arguments)
        except ValidationError as error:
            raise _invalid(error) from error

    return called


def triggered(model: type[_Sent]) -> _Sent | None:
    """The id of the component that set the callback off, as its model; None where none did. Raises Invalid."""
    identity = ctx.triggered_id
    try:
        return model.model_validate(dict(identity)) if identity else None
    except ValidationError as error:
        raise _invalid(error) from error


def _must_be_declared(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises Invalid for a call that does not have the parts its callback declares."""
    if not can_be_kept(body):
        raise Invalid("text_not_kept")
    try:
        call = _Call.model_validate(body)
    except ValidationError as error:
        raise _invalid(error) from error
    declared = callbacks.get(call.output)
    if declared is None:
        raise Invalid("unknown_callback", output=call.output)
    arguments = [*_flat(call.inputs), *_flat(call.state)]
    known = {_spelt(argument) for argument in arguments}
    outputs = call.outputs if isinstance(call.outputs, list) else [call.outputs]
    if not (
        _alike(declared["inputs"], call.inputs)
        and _alike(declared["state"], call.state)
        and _alike(_outputs(declared), outputs)
        and _go_together([*declared["inputs"], *declared["state"]], [*call.inputs, *call.state])
        and known.issuperset(call.changedPropIds)
    ):
        raise Invalid("unknown_callback", output=call.output)


def _alike(declared: Sequence[Mapping[str, Any]], sent: Sequence[_Property | list[Any]]) -> bool:
    """Whether what was sent are the declared properties of the declared components, in their order."""
    return len(declared) == len(sent) and all(
        isinstance(given, list) == _is_many(wanted["id"])
        and all(one.property == wanted["property"] and _is_of(one.id, wanted["id"]) for one in _flat([given]))
        for wanted, given in zip(declared, sent, strict=True)
    )


def _go_together(declared: Sequence[Mapping[str, Any]], sent: Sequence[_Property | list[Any]]) -> bool:
    """Whether several properties of one kind of component were sent of the same ones."""
    first: dict[str, list[Any]] = {}
    for wanted, given in zip(declared, sent, strict=True):
        identities = [one.id for one in _flat([given])]
        if first.setdefault(wanted["id"], identities) != identities:
            return False
    return True


@cache
def _pattern(declared_id: str) -> dict[str, Any]:
    """The parts of an id that stands for several components; none where it names one."""
    return dict(json.loads(declared_id)) if declared_id.startswith("{") else {}


def _is_many(declared_id: str) -> bool:
    return ["ALL"] in _pattern(declared_id).values()


def _is_of(identity: str | dict[str, str | int], declared_id: str) -> bool:
    wanted = _pattern(declared_id)
    if not wanted:
        return identity == declared_id
    return (
        isinstance(identity, dict)
        and identity.keys() == wanted.keys()
        and all(isinstance(value, list) or identity[key] == value for key, value in wanted.items())
    )


def _outputs(declared: Mapping[str, Any]) -> list[dict[str, str]]:
    output = declared["output"]
    return [one.to_dict() for one in (output if isinstance(output, list | tuple) else [output])]


def _flat(arguments: Iterable[Any]) -> list[Any]:
    return [one for given in arguments for one in (given if isinstance(given, list) else [given])]


def _spelt(argument: _Property) -> str:
    """As Dash names a property that changed."""
    identity = argument.id
    if isinstance(identity, dict):
        identity = json.dumps(identity, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{identity}.{argument.property}"


def _invalid(error: ValidationError) -> Invalid:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return Invalid("request_invalid", fields=f"{place}: {first['msg']}")
