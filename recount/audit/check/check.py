"""The check as a whole: what was built against what stands there now."""

from collections.abc import Iterator
from dataclasses import replace

from recount.audit.check.built import MANIFEST, Built, Record
from recount.audit.check.causes import Cause, causes
from recount.audit.check.environment import environment
from recount.audit.check.follow import Graph
from recount.audit.check.found import Found
from recount.audit.check.left_over import is_left, left_over
from recount.audit.check.present import Present
from recount.audit.check.raw import raw_files
from recount.audit.check.signatures import signatures
from recount.audit.record import RECORDS, edited_by_hand
from recount.audit.software import LOCK
from recount.building import build, command


def check(built: Built, present: Present) -> list[Found]:
    """Find all that keeps results/ from being what this study gives, sorted by file as a compiler does.

    Nothing is read but digests: what was written before is compared with what stands there. A result is stale where
    its record names another input, function, setting or version than there is now, or where it was made of one
    that is stale.
    """
    listed = _lists_all(built, present)
    left = [record for record in built.records if is_left(record, built, present, listed=listed)]
    live = replace(built, records=tuple(record for record in built.records if record not in left))
    graph = Graph(live)
    found = [
        *_raw(graph, present),
        *_results(graph, present),
        *_records(live, present, listed=listed),
        *_stale(graph, present),
        *left_over(left, live, present),
        *environment(present),
        *_simulated(present),
        *signatures(live, present),
    ]
    return sorted(found, key=lambda each: (each.file, each.key, each.kind, each.problem))


def _lists_all(built: Built, present: Present) -> bool:
    """Say whether the manifest was written under the rules and settings that there are: then it lists all jobs."""
    own = [record for record in built.records if MANIFEST in record.outputs]
    why = [cause.file for record in own for cause in causes(record, built, present)]
    return bool(own) and all(file.endswith(".py") or file in (*present.results, LOCK) for file in why)


def _raw(graph: Graph, present: Present) -> Iterator[Found]:
    for found in raw_files(present):
        readers = [record for record in graph.built.records if found.file in record.inputs]
        changed = [record for record in readers if record.inputs[found.file] != present.digest(found.file)]
        yield replace(found, stale=graph.stale(changed))


def _results(graph: Graph, present: Present) -> Iterator[Found]:
    """Find results that are not there, or not as they were written."""
    for record in graph.built.records:
        now = {file: present.digest(file) for file in sorted(record.outputs)}
        if gone := tuple(file for file, found in now.items() if found is None):
            more = f"; so are {len(gone) - 1} more" if len(gone) > 1 else ""
            problem = f"{record.rule} wrote this, and it is gone{more}"
            yield Found(kind="missing", file=gone[0], problem=problem, stale=gone, mend=graph.again([record]))
        for file, found in now.items():
            if found not in (record.outputs[file], None):
                told = vars(edited_by_hand(file, record.rule))
                yield Found(kind="edited", **(told | {"problem": f"this is not what {record.rule} wrote"}))


def _records(live: Built, present: Present, *, listed: bool) -> Iterator[Found]:
    """Find records that are not there: nobody knows then what their jobs wrote."""
    own = () if MANIFEST in live.writers else (f"{RECORDS}/write_manifest.json",)
    for file in (*(live.listed if listed else ()), *own):
        if present.digest(file) is None:
            problem = "the record is gone, so that nobody knows what the job wrote"
            yield Found(kind="missing", file=file, problem=problem, mend=build())


def _stale(graph: Graph, present: Present) -> Iterator[Found]:
    """Find what has changed, each once, with all that is stale because of it."""
    jobs: dict[Cause, dict[str, Record]] = {}
    for record in graph.built.records:
        for cause in causes(record, graph.built, present):
            jobs.setdefault(cause, {})[record.file] = record
    for cause, records in jobs.items():
        yield Found(
            kind=cause.kind,
            file=cause.file,
            key=cause.key.replace("/", "."),
            problem=cause.problem,
            mend=graph.again(records.values()),
            stale=graph.stale(records.values()),
        )


def _simulated(present: Present) -> Iterator[Found]:
    if present.simulated:
        waves = ", ".join(present.simulated)
        yield Found(
            kind="simulated",
            file=present.files["settings"],
            key="waves",
            problem=f"the responses are simulated in {waves}, and every output says so",
            mend="once there are real ones: put the export in place, take out `simulated: true`, "
            f"{command('seal', 'WAVE')}",
        )
