"""The names of the files that a message sends its reader to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Files:
    """Where the export, the instrument and the wave's corrections stand, as the researcher knows them."""

    export: str = ""
    instrument: str = "data/instrument.yaml"
    corrections: str = ""

    def of(self, export: str, wave: str) -> "Files":
        """Fill in what was not named: the export's own name, and the corrections' usual place."""
        return Files(self.export or export, self.instrument, self.corrections or f"data/corrections/{wave}.csv")
