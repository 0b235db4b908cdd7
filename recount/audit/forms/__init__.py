"""The forms that journals ask for, filled in from the ledger as far as the study knows."""
