"""What people decided, in text files that live in version control and are replayed on every build.

`model` is one decision; `table` reads and rewrites a TSV file without losing what it does not know; `links` and `facts` are
the two forms of files, SSSOM and our own; `folder` is all of them together. `replay` brings them to bear on a build.
"""
