"""A question that no instrument has yet, written from what an export says of it, for a person to go on with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recount.clean.match import plain
from recount.fieldwork.label import label_of
from recount.fieldwork.lines import Value, entry, flow
from recount.fieldwork.named import category_id
from recount.fieldwork.ordered import in_order, is_scale
from recount.fieldwork.posed import Posed
from recount.fieldwork.stated import Option

# Of an option that is known by its being given, and given less often than this among very many, nobody needs a line.
_RARE = 3
_MANY = 30
# Where options stand in lists, what people wrote in stands among them.
_MANY_LISTED = 12
_MISSING = re.compile(
    r"(i )?(don'?t|do not) know.*|no opinion|not sure|prefer not to (say|answer).*|no answer|refused|weiß nicht"
    r"|ne sais? pas|no s[eé]|不知道",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"none( of (these|the above|them))?|nothing|keine(s)? davon|aucun(e)?|ninguno|以上都不是", re.IGNORECASE
)


@dataclass(frozen=True)
class Begun:
    """A question to be written into the instrument: `content` as it will be read, `lines` as they stand there.

    `texts` holds, by category, the labels, codes and columns by which a questionnaire's conditions may name it.
    """

    id: str
    content: Mapping[str, Value]
    lines: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]


def begun(posed: Posed, wave: str, *, name: str, proposed: str = "", universe: Value = None) -> Begun:
    """Write a question from what the export says; `name` is its id, `proposed` the mark that it bears."""
    options = _categories(posed)
    kind = _type(posed, options)
    content: dict[str, Value] = {
        "id": name,
        "label": label_of(posed.wording or posed.name),
        "text": posed.wording or posed.name,
        "type": kind,
    }
    if posed.section:
        content["section"] = posed.section
    if universe:
        content["universe"] = universe
    if kind in ("single", "scale", "multi"):
        content["categories"] = [about for about, _ in options]
    if kind == "number" and posed.range != (None, None):
        content["range"] = list(posed.range)
    fielding = {**_place(posed, kind, options), **({"proposed": proposed} if proposed else {})}
    content["waves"] = {wave: fielding}
    texts = {str(about["id"]): tuple({each.label, each.written, each.column} - {""}) for about, each in options}
    return Begun(name, content, tuple(_lines(content, posed, wave)), texts)


def _categories(posed: Posed) -> list[tuple[dict[str, Value], Option]]:
    """The categories with the option that each stands for; rare ones among very many become one, `other`."""
    counts = {} if posed.spread else posed.profiles[0].answers
    options = [each for each in posed.options if each.label or each.code]
    rare: list[Option] = []
    if not posed.told and len(options) > (_MANY_LISTED if posed.asks == "multi" else _MANY):
        rare = [each for each in options if counts.get(each.written, 0) < _RARE]
        options = [each for each in options if each not in rare]
    if not posed.told:
        options = in_order(options)
    made: list[tuple[dict[str, Value], Option]] = []
    taken = {"none", "other_answers"}
    seen: set[str] = set()
    for option in options:
        if plain(option.written) in seen and not option.column:
            continue
        seen.add(plain(option.written))
        name = category_id(option.label or option.code, taken)
        taken.add(name)
        made.append((category(name, option.label or option.code, several=posed.asks == "multi"), option))
    if rare:
        written = [each.written for each in rare if plain(each.written) not in seen]
        if distinct := list({plain(text): text for text in reversed(written)}.values())[::-1]:
            about: dict[str, Value] = {"id": "other_answers", "label": "Other answers, each given once or twice"}
            made.append(({**about, "values": distinct}, Option("")))
    return made


def category(name: str, label: str, *, several: bool) -> dict[str, Value]:
    """Write a category: those that mean no opinion stand outside the base, "None of these" stands alone."""
    about: dict[str, Value] = {"id": name, "label": label}
    if _MISSING.fullmatch(label.strip()):
        about["missing"] = True
    if several and _ALONE.fullmatch(label.strip()):
        about["alone"] = True
    return about


def _type(posed: Posed, options: list[tuple[dict[str, Value], Option]]) -> str:
    if posed.asks == "single" and is_scale([option for about, option in options if "missing" not in about]):
        return "scale"
    if posed.asks in ("single", "scale", "multi"):
        return posed.asks if options else "text"
    return "text" if posed.asks == "unknown" else posed.asks


def _place(posed: Posed, kind: str, options: list[tuple[dict[str, Value], Option]]) -> dict[str, Value]:
    if posed.spread and kind == "multi":
        return {"columns": {str(about["id"]): option.column for about, option in options}}
    place: dict[str, Value] = {"column": posed.columns[0]}
    if kind == "multi":
        place["separator"] = posed.separator or ","
    codes = {option.code: about["id"] for about, option in options if option.code and option.code != option.label}
    if codes and kind in ("single", "scale", "multi"):
        place["values"] = codes
    return place


def _lines(content: Mapping[str, Value], posed: Posed, wave: str) -> Iterator[str]:
    """Write the question as a block, with the platform's condition as a comment where it is not the universe."""
    for number, (key, value) in enumerate(content.items()):
        start = "- " if number == 0 else "  "
        if key == "categories":
            yield f"{start}categories:"
            for category in value if isinstance(value, list) else []:
                yield from _category_lines(category)
        elif key == "waves":
            if posed.routing and "universe" not in content:
                yield f"  # The platform shows it where: {' '.join(posed.routing.split())}"
            yield "  waves:"
            yield from entry(wave, value[wave] if isinstance(value, Mapping) else None, 4, quote=True)
        else:
            first, *rest = entry(key, value, 0)
            yield f"{start}{first}"
            yield from (f"  {line}" for line in rest)


def _category_lines(category: Value) -> Iterator[str]:
    if isinstance(category, Mapping):
        yield f"    - {flow(category)}"
