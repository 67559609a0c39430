"""Discourse: what an article as a whole says, from what the grammar finds in its sentences.

analysis.py       the sentences analysed, and what lies where in them
people.py         which mentions are one person
deals.py          which mentions are one agreement
jurisdictions.py  bodies.py  officials.py  sectors.py  agreements.py
                  what each of them is found to be, written down in the ledger with its evidence
ledger.py         things, claims and drops of one article
"""
