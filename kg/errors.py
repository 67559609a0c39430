"""What goes wrong, told in one line that says what to do."""


class KgError(Exception):
    """The run cannot go on."""


class UsageError(KgError):
    """What was asked for does not exist or does not fit: exit code 2."""


class ArticleError(KgError):
    """This article cannot be read; the run goes on, and its summary counts it."""
