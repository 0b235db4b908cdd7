"""Between the platform and the study: what an export asks, what changed since the last wave, how a study begins."""
