"""The front matter of the paper: the template's own, the study's, and the notice that no template can leave out."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from recount.errors import Finding, TemplateError
from recount.study.settings import Settings

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_BOOLEANS = {"true": True, "false": False}


def split(text: str, file: str) -> tuple[dict[str, Any], str]:
    """Split a rendered template into its metadata, every value of which is text or a boolean, and its body."""
    head = _HEAD.match(text)
    if head is None:
        return {}, text
    try:
        content = yaml.load(head[1], Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        row = mark.line + 2 if mark else None  # of the rendered text, which has the template's lines but for its loops
        raise TemplateError(
            Finding(problem=f"the front matter is not YAML: {error.problem}", file=file, row=row)
        ) from None
    if not isinstance(content, dict):
        raise TemplateError(Finding(problem="the front matter is not a list of keys", file=file, row=1))
    return {str(key): _typed(value) for key, value in content.items()}, text[head.end() :]


def completed(metadata: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Add what the study declares, and the notice of simulated waves, which stands before the template's own."""
    own = {
        "title": settings.title,
        "short-title": settings.short_title,
        "author": list(settings.authors),
        "keywords": list(settings.keywords),
        "wave": settings.paper.wave,
    }
    made = {key: value for key, value in own.items() if value and key not in metadata} | dict(metadata)
    for key in ("notice", "simulated"):
        if key in made and settings.simulated:
            made[f"own-{key}"] = made.pop(key)
    if settings.simulated:
        made["notice"] = notice(settings)
        made["simulated"] = list(settings.simulated)
    first = [key for key in ("title", "subtitle", "short-title", "author", "keywords", "wave", "notice") if key in made]
    return {key: made[key] for key in [*first, *(key for key in made if key not in first)]}


def notice(settings: Settings) -> str:
    """Say that responses, and all that came with them, are simulated, in Markdown; fits two lines of a footer."""
    waves = " and ".join(part for part in (", ".join(settings.simulated[:-1]), settings.simulated[-1]) if part)
    plural = "s" if len(settings.simulated) > 1 else ""
    return (
        f"The responses of wave{plural} {waves}, with contacts, corrections and codings, are **simulated**: "
        "nothing here may be cited as a finding."
    )


def resolved(value: Any, resolve: Callable[[str], str]) -> Any:
    """Replace the markers in all texts of the metadata, in order."""
    if isinstance(value, str):
        return resolve(value)
    if isinstance(value, dict):
        return {key: resolved(each, resolve) for key, each in value.items()}
    if isinstance(value, list):
        return [resolved(each, resolve) for each in value]
    return value


def dumped(metadata: Mapping[str, Any]) -> str:
    """Write the metadata as a YAML block."""
    text = yaml.dump(
        dict(metadata), Dumper=_Block, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False
    )
    return f"---\n{text}---\n"


class _Block(yaml.SafeDumper):
    """YAML in which a text of several lines stands as a block, as a person would write it."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Block.add_representer(str, _text)


def _typed(value: Any) -> Any:
    """Texts `true` and `false` are switches of pandoc's templates; every other value stays text."""
    if isinstance(value, str):
        return _BOOLEANS.get(value, value)
    if isinstance(value, dict):
        return {key: _typed(each) for key, each in value.items()}
    return [_typed(each) for each in value]
