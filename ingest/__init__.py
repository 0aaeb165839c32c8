"""From documents to an index that can be cited to the letter.

Order of use: `readers` (file -> blocks) -> `structure` (blocks -> sections) -> `chunk` (sections -> passages)
-> `notes` (our own claims and questions, attached to passages) -> `embed` and `lexical` -> `sync` (a new generation
of the index, switched in at once). `index` opens what `sync` made. Nothing here imports `assistant` or `evals`.
"""
