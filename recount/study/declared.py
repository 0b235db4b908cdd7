"""The base of all that a person declares, and the YAML reader that keeps what was typed."""

import re
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from recount.errors import Finding, StudyError, nearest

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]


class Declared(BaseModel):
    """A part of a study that a person wrote: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    @classmethod
    def declared_in(cls, file: str, content: Any) -> Self:
        """Build from the content of `file`; raise `StudyError` with every mistake, each with its key."""
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            findings = [_finding(file, cls, detail) for detail in error.errors()]
            raise StudyError(*findings) from None


# What pydantic says of keys, as a researcher would.
_PLAINLY = {
    "extra_forbidden": "this key is not known",
    "missing": "this key is missing",
    "tuple_type": "this is not a list",
    "model_type": "these are not keys with values",
    "dict_type": "these are not keys with values",
}


def _finding(file: str, model: type[Declared], detail: Any) -> Finding:
    path = [part for part in detail["loc"] if part != "[key]"]
    value = detail["input"]
    expected = ""
    if detail["type"] == "extra_forbidden":
        expected = nearest(str(path[-1]), _siblings(model, path))
    if detail["type"] == "tuple_type":
        expected = _list_of(model, path)
    return Finding(
        problem=_PLAINLY.get(detail["type"], detail["msg"].removeprefix("Value error, ")),
        file=file,
        key=".".join(str(part) for part in path),
        value=str(value) if isinstance(value, str | int | float) else None,
        expected=expected,
    )


def _list_of(model: type[BaseModel], path: list[str | int]) -> str:
    """What a list holds: `a list of codes, each with id, label, definition`."""
    current: Any = model
    for part in path:
        current = _inner(current, part)
    if current is model or not hasattr(current, "model_fields"):
        return "a list, such as [a, b]"
    name = current.__name__.lower()
    names = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    required = [key for key, field in current.model_fields.items() if field.is_required()]
    return f"a list of {names}, each with {', '.join(required)}"


def _siblings(model: type[BaseModel], path: list[str | int]) -> list[str]:
    """The keys that are known where an unknown one was found; empty where the type is not a model."""
    current: Any = model
    for part in path[:-1]:
        current = _inner(current, part)
        if current is None:
            return []
    return sorted(current.model_fields) if hasattr(current, "model_fields") else []


def _inner(kind: Any, part: str | int) -> Any:
    if hasattr(kind, "model_fields"):
        field = kind.model_fields.get(part)
        return _model_in(field.annotation) if field else kind  # a key of a mapping, an index of a list
    return kind


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None


class _AsTyped(yaml.CSafeLoader):
    """YAML in which `yes`, `no`, `on`, `off` and dates stay text, and a key stands once."""


_AsTyped.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _first in "tTfF":
    _AsTyped.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), [_first])


def _mapping(loader: _AsTyped, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    return {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}


_AsTyped.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(file: str | Path) -> Any:
    """Read a YAML file as it was typed; raise `StudyError` with the line where it cannot be read."""
    try:
        text = Path(file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StudyError(Finding(problem="there is no such file", file=str(file))) from None
    return yaml_of(text, str(file))


def yaml_of(text: str, file: str) -> Any:
    """Read the text of a YAML file as `read_yaml` does."""
    try:
        return yaml.load(text, Loader=_AsTyped)  # noqa: S506 - a safe loader, see its base
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise StudyError(
            Finding(problem=f"this is not YAML: {error.problem}", file=file, row=mark.line + 1 if mark else None)
        ) from None
