"""Single keys from a terminal."""

from __future__ import annotations

import os
import termios
import tty
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ESCAPE = "\x1b"  # begins what arrows and the like send, which comes at once


@contextmanager
def keys(terminal: int) -> Iterator[Callable[[], str]]:
    """Yield a function that returns the next key pressed, "" at the end of the input.

    The terminal takes single keys all the while, and not only while one is waited for: what is typed ahead is kept, and not
    shown twice. Ctrl-C stays what it is.
    """
    before = termios.tcgetattr(terminal)
    typed: deque[str] = deque()

    def key() -> str:
        if not typed:
            text = os.read(terminal, 1024).decode(errors="replace")
            typed.extend([text] if text.startswith(_ESCAPE) else text)
        return typed.popleft() if typed else ""

    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
