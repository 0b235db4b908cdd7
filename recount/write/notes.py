"""The notes below a table that say which cells cannot be compared: a mark each, a sentence each."""

from recount.study.figures import Item
from recount.write.cells import Cells
from recount.write.grid import Cell
from recount.write.markdown import escaped

# The order of marks in print; once they are used up they are doubled.
MARKS = "†‡§¶"
_ENDS = (".", "!", "?", "。", "！", "？")


class Notes:
    """The notes of one table, in the order in which its cells call for them."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._waves: dict[tuple[str, str], list[str]] = {}

    def marked(self, cell: Cell, item: Item, wave: str, note: str) -> Cell:
        """Put the mark of a note behind a cell; waves of an item that share a note share its mark."""
        self._cells.allow(note, f"note of wave {wave} in the instrument")
        key = (self._cells.question(item).markdown, note)
        waves = self._waves.setdefault(key, [])
        waves += [wave] if wave not in waves else []
        mark = _mark(list(self._waves).index(key))
        return Cell(f"{cell.markdown} {mark}", cell.width + 1 + len(mark))

    def written(self) -> list[str]:
        """Give the notes in Markdown, each a sentence that says whose note it is."""
        return [
            f"{_mark(place)} {name}, {self._named(waves)}: {_ended(escaped(note))}"
            for place, ((name, note), waves) in enumerate(self._waves.items())
        ]

    def _named(self, waves: list[str]) -> str:
        names = [self._cells.wave(wave).markdown for wave in waves]
        return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _mark(place: int) -> str:
    times, which = divmod(place, len(MARKS))
    return MARKS[which] * (times + 1)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(_ENDS) else f"{sentence}."
