"""Fill in the forms that journals ask for: data editors' list and README, and the CODECHECK manifest."""

from pathlib import Path

from recount.audit.forms.codecheck import codecheck
from recount.audit.forms.data_editors import data_editors
from recount.audit.forms.io import read_facts, write_form
from recount.audit.forms.readme import readme
from recount.audit.listing import workflow_files
from recount.audit.record import recorded
from recount.study.settings import Settings

given, made = snakemake.input, snakemake.output
house = Path(given.snakefile).parent
with recorded(snakemake, workflow_files(house)):
    facts = read_facts(
        Settings(**snakemake.params.settings),
        numbers=given.numbers,
        paper=given.markdown,
        lock=given.lock,
        house=house,
    )
    write_form(data_editors(facts), made.table)
    write_form(readme(facts, Path(given.template).read_text(encoding="utf-8"), file=given.template), made.readme)
    write_form(codecheck(facts), made.codecheck)
