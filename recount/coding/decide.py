"""From what each coder said to one decision an answer, or to the reason why there is none.

- Two or more coders gave the same set of codes: `agreement`.
- One coder gave codes: `single coder`.
- Coders differ: the adjudicator decides, `adjudication`; without one, the answer is open.
- An adjudicator who says otherwise than coders who agree overrules them: `adjudication`. So does one who decides where
  a single coder or none gave codes.
- No person gave codes, and the coder named `rule` did (a program that goes by keywords): `rule`. It is no coder: it
  neither agrees nor disagrees with people.
- Codes that were given to another wording than the answer has now are not used, whoever gave them; nor are those that
  were given under an earlier version of the codebook and have changed their meaning since (recount.coding.outdated).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.coding.lines import Answers
from recount.coding.outdated import OUTDATED
from recount.coding.patterns import PAIR, Whole
from recount.coding.sets import UNDECIDED, CodeSets

RULE = "rule"
DECIDED_BY = ("", "agreement", "adjudication", "single coder", "rule")
DISAGREEMENT = "disagreement not adjudicated"
PROBLEMS = ("", "not coded", "edited after coding", DISAGREEMENT, "code changed its meaning")
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Said:
    """What one coder, or the adjudicator, said of each answer: the number of a set of codes; is it stale or outdated?

    Stale is a decision on another wording, outdated one with a code that means something else today. Both count as
    UNDECIDED.
    """

    sets: Whole
    stale: Flags
    outdated: Flags


@dataclass(frozen=True)
class Decided:
    """For each answer: the number of its set of codes, who decided it, and what is wrong where nobody did."""

    sets: Whole
    by: npt.NDArray[np.object_]
    problems: npt.NDArray[np.object_]


def said_of(answers: Answers, lines: pd.DataFrame, sets: CodeSets) -> Said:
    """Bring a file's lines to the answers they are about; lines of other respondents are left out."""
    places = answers.respondents.get_indexer(pd.Index(lines["respondent"]))
    lines, places = lines[places >= 0], places[places >= 0]
    current = np.array(answers.hashes, dtype=object)[places] == lines["answer_sha256"].to_numpy(dtype=object)
    given = sets.numbered(lines["codes"])
    decided = np.full(len(answers.texts), UNDECIDED, dtype=np.int64)
    decided[places] = np.where(current, given, UNDECIDED)
    stale = np.zeros(len(answers.texts), dtype=np.bool_)
    stale[places] = ~current & (given != UNDECIDED)
    outdated = np.zeros(len(answers.texts), dtype=np.bool_)
    outdated[places] = current & lines[OUTDATED].to_numpy(dtype=np.bool_)
    return Said(decided, stale, outdated)


def nothing_said(answers: Answers) -> Said:
    """What one says who said nothing of any answer."""
    never = np.zeros(len(answers.texts), dtype=np.bool_)
    return Said(np.full(len(answers.texts), UNDECIDED, dtype=np.int64), never, never)


def decide(coders: list[Said], *, rule: Said, adjudicator: Said) -> Decided:
    """Decide every answer by the rules above."""
    size = len(adjudicator.sets)
    said = raw_decisions(coders, size)
    given = (said != UNDECIDED).sum(axis=1)
    first = said.max(axis=1, initial=UNDECIDED)
    alike = ((said == first[:, None]) | (said == UNDECIDED)).all(axis=1)
    agreed, single = (given >= PAIR) & alike, given == 1
    overruled = (adjudicator.sets != UNDECIDED) & ~(agreed & (adjudicator.sets == first))
    by_rule = (given == 0) & (rule.sets != UNDECIDED)
    cases = [overruled, agreed, single, by_rule]
    sets = np.select(cases, [adjudicator.sets, first, first, rule.sets], default=UNDECIDED)
    by = np.select(cases, [2, 1, 3, 4], default=0)
    everyone = (*coders, rule, adjudicator)
    stale, outdated = (np.any([getattr(each, flag) for each in everyone], axis=0) for flag in ("stale", "outdated"))
    problem = np.select([sets != UNDECIDED, given >= PAIR, outdated, stale], [0, 3, 4, 2], default=1)
    return Decided(sets, np.array(DECIDED_BY, dtype=object)[by], np.array(PROBLEMS, dtype=object)[problem])


def raw_decisions(coders: list[Said], size: int) -> Whole:
    """What coders said before adjudication: answers x coders."""
    if not coders:
        return np.full((size, 0), UNDECIDED, dtype=np.int64)
    return np.column_stack([coder.sets for coder in coders])
