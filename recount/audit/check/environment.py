"""Software that is not what the lock file pins."""

from collections.abc import Iterator

from recount.audit.check.found import Found
from recount.audit.check.present import Present
from recount.audit.software import LOCK

SHOWN = 8


def environment(present: Present) -> Iterator[Found]:
    """Find the distributions that are installed in another version than the lock pins, or not at all."""
    told = [
        f"{name} {present.software.get(name, 'not installed')} (pinned: {version})"
        for name, version in sorted(present.locked.items())
        if present.software.get(name) != version
    ]
    if told:
        more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        yield Found(
            kind="environment",
            file=LOCK,
            problem=f"what is installed is not what the lock pins: {', '.join(told[:SHOWN])}{more}",
            mend="make setup",
        )
