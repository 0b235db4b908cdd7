"""Exchange with the programs in which people code: REFI-QDA (NVivo, MAXQDA, ATLAS.ti, QualCoder) and Excel."""
