"""From a question to an Answer, or from a situation to an Advice, over an index made by `ingest`.

`pipeline` is the product: one ordered list of steps. `service` owns the open index and the models and is what the
command line, the API, the pages and the evaluations call.
"""
