"""What changed, as Markdown and as the words that the page shows, too."""

from recount.audit.changes.amounts import causes
from recount.audit.changes.change import Change
from recount.audit.changes.compared import Compared
from recount.audit.changes.sentences import AS_BEFORE, NO_LONGER, STILL, Sentence
from recount.audit.changes.summary import Summary, summaries
from recount.display.counts import counted
from recount.display.formatter import Formatter
from recount.write.markdown import escaped

IN_FLOATS = "Tables and figures"


def markdown(found: Compared) -> str:
    """Write it all as Markdown, the same each time."""
    lines = [f"# {escaped(heading(found))}", "", *_noticed(found), *(escaped(each) for each in summary(found)), ""]
    if untrue(found):
        lines += ["## Claims that are not true now", "", *_listed(untrue(found))]
    lines += ["## Sentences", ""]
    for sentence in found.sentences:
        if sentence.changed:
            lines += [*_sentence(sentence, found.formatter), ""]
    lines += [f"## {IN_FLOATS}", "", escaped(of_floats(found)), ""]
    for each in summaries(found.floats, found.formatter):
        largest = [f"{cell.name}: {_told(cell.change, found.formatter)}" for cell in each.largest]
        lines += [f"### {escaped(each.title)}", "", f"{each.size}.", "", *_listed((*largest, *besides(each)))]
    for section in found.sections:
        lines += [f"## {section.heading}", "", escaped(section.lead), "", *_listed(section.lines)]
    return "\n".join(lines).rstrip() + "\n"


def heading(found: Compared) -> str:
    """Name the two sides."""
    return f"What changed from {found.before} to {found.now}"


def summary(found: Compared) -> list[str]:
    """Say how much there is, and how causes are told apart."""
    read = [each for each in found.sentences if each.changed]
    told = ", ".join(f"{count} {status}" for status, count in sorted(found.statuses.items())) or "none"
    size = f"{counted(len(found.sentences), 'sentence')} with numbers or claims, of which {len(read)} read otherwise."
    order = "; ".join(("weights taken off", *found.order, "weights put on"))
    causes = (
        "one thing is replaced after the other, and what each step moves is its part; the parts add up to the whole"
    )
    return [f"{size} Claims: {told}.", f"Causes: {causes}, exactly. The order: {order}."]


def of_floats(found: Compared) -> str:
    """Say how many tables and figures have numbers that moved, and where all of these stand."""
    moved = [each for each in found.floats if each.moved]
    numbers = counted(sum(len(each.moved) for each in moved), "number")
    size = f"{len(moved)} of {len(found.floats)} read otherwise, in {numbers}."
    return f"{size} The largest movements and all causes stand here, each number in the CSV file beside this one."


def besides(summary: Summary) -> tuple[str, ...]:
    """Give what is told of a table or figure besides its largest movements."""
    return (*(f"because of {each}" for each in summary.causes), *summary.others)


def untrue(found: Compared) -> tuple[str, ...]:
    """List the phrases that have to be rewritten, each with its place."""
    return tuple(
        f"{place(sentence)}: “{claim.phrase}”"
        for sentence in found.sentences
        for claim in sentence.claims
        if claim.status in (NO_LONGER, AS_BEFORE)
    )


def place(sentence: Sentence) -> str:
    """Say where the sentence stands."""
    return sentence.file + (f", line {sentence.line}" if sentence.line else "")


def claims(sentence: Sentence) -> list[tuple[str, str]]:
    """Give phrase and status of the claims that are not simply true as before."""
    return [(each.phrase, each.status) for each in sentence.claims if each.status != STILL]


def _noticed(found: Compared) -> list[str]:
    return [f"**Responses are simulated: {', '.join(found.simulated)}.**", ""] if found.simulated else []


def _sentence(sentence: Sentence, formatter: Formatter) -> list[str]:
    lines = [f"### {escaped(place(sentence))}", ""]
    if sentence.before != sentence.now:
        lines += [f"- was: {escaped(sentence.before)}"] if sentence.before else []
    lines.append(f"- now: {escaped(sentence.now)}")
    lines += [f"- **{escaped(status)}**: “{escaped(phrase)}”" for phrase, status in claims(sentence)]
    lines += [f"- cannot be said: {escaped(why)}" for why in sentence.lacking]
    for change in sentence.numbers:
        if change.changed:
            formula = f" ({change.formula})" if change.formula else ""
            lines.append(f"- {escaped(f'{_told(change, formatter)}{formula}')}")
            lines += [f"    - not comparable: {escaped(each)}" for each in change.breaks]
    return lines


def _told(change: Change, formatter: Formatter) -> str:
    return f"{change.before} → {change.now}: {causes(change, formatter)}"


def _listed(lines: tuple[str, ...]) -> list[str]:
    return [*(f"- {escaped(line)}" for line in lines), ""] if lines else []
