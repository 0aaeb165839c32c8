"""Finding passages: `understand` makes a Query, `search` finds and fuses, `weights.yaml` holds every number."""
