"""What changed, as one page of HTML that works from disk, without a script and without a network."""

from html import escape
from string import Template

from recount.audit.changes.amounts import causes
from recount.audit.changes.change import Change
from recount.audit.changes.compared import Compared
from recount.audit.changes.declared import Section
from recount.audit.changes.floats import Cell
from recount.audit.changes.sentences import Sentence
from recount.audit.changes.summary import summaries
from recount.audit.changes.told import IN_FLOATS, besides, claims, heading, of_floats, place, summary, untrue
from recount.display.formatter import Formatter
from recount.page.seal import seal

TEMPLATE, STYLE = "changes.html", "changes.css"
LARGEST = "<thead><tr><th>moved most</th><th>was</th><th>now</th><th>because of</th></tr></thead>"


def page(found: Compared, *, template: str, style: str) -> str:
    """Put it all into one page; the policy admits exactly its own style, and nothing else."""
    policy = f"default-src 'none'; style-src '{seal(style)}'; base-uri 'none'; form-action 'none'"
    read = [each for each in found.sentences if each.changed]
    notice = f"Responses are simulated: {', '.join(found.simulated)}." if found.simulated else ""
    return Template(template).substitute(
        policy=policy,
        style=style,
        title=escape(f"{found.title}: {heading(found)}"),
        heading=escape(heading(found)),
        notice=f'<p class="notice">{escape(notice)}</p>' if notice else "",
        summary="\n".join(f"<p>{escape(each)}</p>" for each in summary(found)),
        untrue=_section(Section("Claims that are not true now", "", untrue(found))) if untrue(found) else "",
        sentences="\n".join(_sentence(each, found.formatter) for each in read) or "<p>None reads otherwise.</p>",
        floats=_floats(found),
        sections="\n".join(map(_section, found.sections)),
    )


def _sentence(sentence: Sentence, formatter: Formatter) -> str:
    was = [f'<p class="was"><span>was</span> {escape(sentence.before)}</p>']
    parts = was if sentence.before and sentence.before != sentence.now else []
    parts.append(f'<p class="now"><span>now</span> {escape(sentence.now)}</p>')
    parts += [
        f'<p class="claim"><strong>{escape(status)}</strong> “{escape(phrase)}”</p>'
        for phrase, status in claims(sentence)
    ]
    parts += [f'<p class="claim"><strong>cannot be said</strong> {escape(why)}</p>' for why in sentence.lacking]
    rows = [_change(each, formatter) for each in sentence.numbers if each.changed]
    head = "<thead><tr><th>was</th><th>now</th><th>because of</th></tr></thead>"
    parts += [f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"] if rows else []
    return f"<article><h3>{escape(place(sentence))}</h3>{''.join(parts)}</article>"


def _change(change: Change, formatter: Formatter) -> str:
    broken = "".join(f'<p class="break">not comparable: {escape(each)}</p>' for each in change.breaks)
    why = f"{escape(causes(change, formatter))}{broken}<p><code>{escape(change.formula)}</code></p>"
    return f"<tr>{_values(change)}<td>{why}</td></tr>"


def _values(change: Change) -> str:
    return "".join(f'<td class="value">{escape(each)}</td>' for each in (change.before, change.now))


def _floats(found: Compared) -> str:
    parts = [f"<h2>{IN_FLOATS}</h2><p>{escape(of_floats(found))}</p>"]
    for each in summaries(found.floats, found.formatter):
        rows = [_moved(cell, found) for cell in each.largest]
        table = f"<table>{LARGEST}<tbody>{''.join(rows)}</tbody></table>" if rows else ""
        lines = "".join(f"<li>{escape(line)}</li>" for line in besides(each))
        parts.append(
            f"<article><h3>{escape(each.title)}</h3><p>{escape(each.size)}.</p>{table}<ul>{lines}</ul></article>"
        )
    return f"<section>{''.join(parts)}</section>"


def _moved(cell: Cell, found: Compared) -> str:
    why = escape(causes(cell.change, found.formatter))
    return f"<tr><td>{escape(cell.name)}</td>{_values(cell.change)}<td>{why}</td></tr>"


def _section(section: Section) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
    listed = f"<ul>{lines}</ul>" if lines else ""
    return f"<section><h2>{escape(section.heading)}</h2><p>{escape(section.lead)}</p>{listed}</section>"
