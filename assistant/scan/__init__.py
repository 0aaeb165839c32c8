"""A scan of an organisation's innovation capacity; the questions stand in `corpus/frameworks/capacity.yaml`."""
