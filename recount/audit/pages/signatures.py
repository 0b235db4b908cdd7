"""What reviewers signed, by the stages of the pages."""

from typing import Any

from recount.audit.pages.study import Study
from recount.audit.sign.signature import STAGES

Json = dict[str, Any]
# The page of each stage; what is said of the audit stands on the first card.
PAGES = dict(zip(STAGES, ("raw", "cleaning", "coding", "estimates", "figures", "text", "audit"), strict=True))


def signatures(study: Study) -> Json:
    """Give the signatures of each stage by the name of its page; of most stages there are none."""
    made: Json = {page: [] for page in PAGES.values()}
    for each in study.signatures:
        made[PAGES[each["stage"]]].append({name: part for name, part in each.items() if name != "stage"})
    return made
