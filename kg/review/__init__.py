"""Review: what needs a person's decision, and where it is taken.

`queue` tells what needs one, most useful first; `session` asks in the terminal, one key an answer; `listing` writes it for
programs and spreadsheets; `answers` turns what people type or export into decisions. The files are those of kg.decisions.
"""
