"""From a situation to advice: barriers, strategies, evidence; the knowledge stands in `corpus/frameworks/`."""
