"""Discourse: what an article as a whole says, from what the grammar finds in its sentences.

analysis.py       the sentences analysed, and what lies where in them
people.py         which mentions are one person
sides.py          whom officials serve, by the words around them
deals.py          which mentions are one agreement
gathering.py      which agreement each sentence speaks of, and what it says of it
parties.py        between whom an agreement stands
occasion.py       when and where it was signed
jurisdictions.py  bodies.py  officials.py  sectors.py  agreements.py
                  what each of them is found to be, written down in the ledger with its evidence
ledger.py         things, claims and drops of one article
"""
