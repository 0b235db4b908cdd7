"""The categories of one question, or the codes of one open-ended question, the most frequent first.

The steps of a scale keep its order.
"""

from recount.draw.alternative import alternative
from recount.draw.dots import highest, told, value_columns, whisker
from recount.draw.drawn import Drawn, Mark, in_column, mark, source_of
from recount.draw.lines import BARE, TOP, Lines, lay_out
from recount.draw.notes import interval_note
from recount.draw.rows import Estimate, key_of
from recount.draw.scene import Scene
from recount.draw.share_axis import share_axis
from recount.draw.theme import BAR, GREYS, INK, QUIET
from recount.study.codebook import NONE

PITCH = 5.6
THICK = 3.4


def draw_bars(scene: Scene) -> Drawn:
    """Draw a bar for each category with its interval, and its value and base at the right."""
    marks, left_out = _marks(scene)
    lines = lay_out(
        [each.label for each in marks],
        columns=value_columns(marks, scene),
        note=_note(marks, left_out, scene),
        pitch=PITCH,
        head=TOP if scene.simulated else BARE,
        quiet=[_is_none(each) for each in marks],
    )
    share_axis(lines.axes, max((highest(each) for each in marks), default=1.0), scene.formatter)
    for line, each in enumerate(marks):
        _draw(lines, line, each, scene)
    lines.sheet.simulated(scene.simulated_mark)
    return Drawn(
        picture=lines.sheet.figure,
        source=source_of(marks, scene.rows),
        alternative=_alternative(marks, left_out, scene),
    )


def _marks(scene: Scene) -> tuple[list[Mark], int]:
    """Take the most frequent, and how many others there are; that no code applies comes last, whatever its share."""
    item = scene.figure.items[0]
    found = _estimates(item.question, scene)
    marks = [
        mark(
            each,
            scene.formatter,
            label=scene.labels.category(item.question, each.category),
            series=scene.labels.wave(scene.wave),
            panel=item.label or scene.labels.question(item.question),
        )
        for each in found
    ]
    coded = scene.instrument.question(item.question).coded
    last = [each for each in marks if coded and _is_none(each)]
    others = [each for each in marks if not (coded and _is_none(each))]
    if not _in_own_order(scene):
        others.sort(key=lambda each: (not each.shown, -each.of.value if each.shown else 0.0))
    return others[: scene.figure.most] + last, max(0, len(others) - scene.figure.most)


def _estimates(name: str, scene: Scene) -> list[Estimate]:
    question = scene.instrument.question(name)
    if question.coded:
        found = [each for each in scene.rows.of(scene.wave, name, "share") if each.category not in question.nets]
        return found or scene.rows.need([key_of(scene.wave, name, "share", NONE)])
    if scene.wave not in question.waves:
        raise scene.wrong("items", name, f"a question that the wave {scene.wave} asked")
    offered = [each.id for each in question.offered_in(scene.wave) if not each.missing]
    return scene.rows.need([key_of(scene.wave, name, "share", each) for each in offered])


def _in_own_order(scene: Scene) -> bool:
    """Whether all the steps of a scale are shown: these keep the order that means something."""
    question = scene.instrument.question(scene.figure.items[0].question)
    return question.type == "scale" and len(question.valid) <= scene.figure.most


def _is_none(of: Mark) -> bool:
    return of.of.category == NONE


def _draw(lines: Lines, line: int, of: Mark, scene: Scene) -> None:
    y = lines.centres[line]
    if not of.shown:
        lines.write_hidden(line, of.display)
        return
    lines.axes.barh(y, of.of.value, height=THICK, color=GREYS[1] if _is_none(of) else BAR, zorder=2)
    whisker(lines.axes, y, of, colour=QUIET if _is_none(of) else INK)
    lines.write(0, line, of.display, colour=INK)
    lines.write(1, line, in_column(of.of, scene.formatter))


def _note(marks: list[Mark], left_out: int, scene: Scene) -> str:
    question = scene.instrument.question(scene.figure.items[0].question)
    several = ""
    if question.coded:
        several = " An answer can have several codes."
    elif question.type == "multi":
        several = " Several answers were possible."
    return interval_note(scene, [each.of for each in marks], "Bar") + several + _rest(marks, left_out)


def _rest(marks: list[Mark], left_out: int) -> str:
    if not left_out:
        return ""
    shown = sum(not _is_none(each) for each in marks)
    return f" The {shown} most frequent of {shown + left_out} are shown."


def _alternative(marks: list[Mark], left_out: int, scene: Scene) -> str:
    item = scene.figure.items[0]
    name = item.label or scene.labels.question(item.question)
    order = "in the order of the scale" if _in_own_order(scene) else "the most frequent first"
    lead = f"Bar chart of {name}, {scene.labels.wave(scene.wave)}, {order}, with shares and intervals"
    return alternative(scene, lead, [told(each, scene) for each in marks], _rest(marks, left_out).strip())
