"""One page a stage of the audit pages: rows in and out, rules that fired, samples, checks."""
