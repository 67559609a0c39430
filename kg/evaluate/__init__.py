"""How well the graph of some articles fits what a careful reader finds in them.

`gold` reads what the reader found, `system` what a store says of the same articles; `naming` tells which of their
entities are one, `scoring` judges every entity and relation, and `calibration` what the confidence of claims is worth.
"""
