"""What changed, as Markdown and as the words that the page shows, too."""

from recount.audit.changes.causes import Parts
from recount.audit.changes.compared import Compared
from recount.audit.changes.sentences import AS_BEFORE, NO_LONGER, STILL, Change, Sentence
from recount.display.counts import counted
from recount.display.formatter import Formatter
from recount.write.arithmetic import POINTS, RESPONDENTS, SHARE
from recount.write.markdown import escaped

# Parts are written finer than the numbers of the paper, so that small ones are seen.
FINER = 1


def markdown(found: Compared) -> str:
    """Write it all as Markdown, the same each time."""
    lines = [f"# {escaped(heading(found))}", "", *_noticed(found), *(escaped(each) for each in summary(found)), ""]
    if untrue(found):
        lines += ["## Claims that are not true now", "", *_listed(untrue(found))]
    lines += ["## Sentences", ""]
    for sentence in found.sentences:
        if sentence.changed:
            lines += [*_sentence(sentence, found.formatter), ""]
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


def causes(change: Change, formatter: Formatter) -> str:
    """Write the parts of a change, or why it has none."""
    if change.parts.why_not:
        return change.parts.why_not
    return "; ".join(_parts(change.parts, change.unit, formatter)) or "nothing that it counts"


def amount(part: float, unit: str, formatter: Formatter) -> str:
    """Write a part with its sign: of shares in points."""
    if unit in (SHARE, POINTS):
        decimals = formatter.display.percent_decimals + FINER
        return formatter.points(part, decimals=decimals, signed=True, short=True) + " points"
    sign = "+" if part > 0 else "−"
    if unit in (RESPONDENTS, "number") and part == round(part):
        return sign + formatter.count(abs(part))
    return sign + formatter.number(abs(part), decimals=formatter.display.decimals + FINER)


def _parts(parts: Parts, unit: str, formatter: Formatter) -> list[str]:
    return [f"{cause} {amount(float(part), unit, formatter)}" for cause, part in parts.parts]


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
            shown = f"{change.before} → {change.now}: {causes(change, formatter)} ({change.formula})"
            lines.append(f"- {escaped(shown)}")
            lines += [f"    - not comparable: {escaped(each)}" for each in change.breaks]
    return lines


def _listed(lines: tuple[str, ...]) -> list[str]:
    return [*(f"- {escaped(line)}" for line in lines), ""] if lines else []
