"""A grammar over tokens: how titles, names, bodies, verbs and agreements combine in English prose.

A sentence becomes a `Line`: a list of chunks and a *shape*, a string with one character a chunk, its class. Rules are
regular expressions over classes; a match becomes a chunk of a larger class. Stages run in a cascade (Abney, "Partial
parsing via finite-state cascades", 1996): words, places, bodies, posts, people, instruments. The shape makes it linear
and quick: a rule looks at one character where the text has a word or a whole name.
"""
