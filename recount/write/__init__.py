"""The paper: traced numbers, claims, the template, the documents."""
