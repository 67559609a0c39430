"""The folder of a store: generations of the graph, the articles' texts, and the cache of extractions.

kg-store/
  current -> generations/0003/graph     a symbolic link, repointed in one step
  generations/0003/graph/               the graph, as Oxigraph keeps it
  generations/0003/articles.sqlite      the articles' texts and readings: never part of a dump
  generations/0003/build.json           how it was built
  extractions.sqlite                    outcomes by content and engine, so that only what changed is read again
  lock                                  held while something is written
"""
