"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from kg.link.live.settings import BUDGET, settings

Command = TypeVar("Command", bound=Callable[..., Any])


def store_option(command: Command) -> Command:
    """Add --store."""
    return click.option(
        "--store",
        "-s",
        "place",
        type=click.Path(path_type=Path),
        default="kg-store",
        envvar="KG_STORE",
        show_default=True,
        show_envvar=True,
        help="The folder of the store.",
    )(command)


def index_option(command: Command) -> Command:
    """Add --index."""
    return click.option(
        "--index",
        type=click.Path(path_type=Path),
        default=None,
        envvar="KG_INDEX",
        show_envvar=True,
        help="An index of Wikidata, as kg wikidata build makes it.",
    )(command)


LIVE_OPTIONS = {
    "live": click.option(
        "--live",
        metavar="SERVICE",
        default=None,
        envvar="KG_LIVE",
        show_envvar=True,
        help="Ask about what is not linked otherwise: wikidata, or the address of a Reconciliation 0.2 service.",
    ),
    "offline": click.option(
        "--offline",
        is_flag=True,
        envvar="KG_OFFLINE",
        show_envvar=True,
        help="Open no connection: only answers in the cache count.",
    ),
    "cache": click.option(
        "--cache",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        envvar="KG_CACHE",
        show_envvar=True,
        help="The file of what services have answered.  [default: one in the user's cache]",
    ),
    "contact": click.option(
        "--contact",
        default="",
        envvar="KG_CONTACT",
        show_envvar=True,
        help="A mail or web address by which the service can reach you.",
    ),
    "budget": click.option(
        "--budget",
        type=click.IntRange(1),
        default=BUDGET,
        envvar="KG_BUDGET",
        show_default=True,
        show_envvar=True,
        help="With --live: requests an hour.",
    ),
}


def live_options(command: Command) -> Command:
    """Add --live and what goes with it; the command is given `live`, the settings, or None where none is asked."""

    @wraps(command)
    def with_settings(
        live: str | None, offline: bool, cache: Path | None, contact: str, budget: int, **others: Any
    ) -> Any:
        token = os.environ.get("KG_WIKIDATA_TOKEN", "")
        chosen = settings(live, cache, offline=offline, contact=contact, budget=budget, token=token) if live else None
        return command(live=chosen, offline=offline, **others)

    for option in reversed(LIVE_OPTIONS.values()):
        with_settings = option(with_settings)
    return cast(Command, with_settings)


def review_option(command: Command) -> Command:
    """Add --review."""
    return click.option(
        "--review",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=None,
        envvar="KG_REVIEW",
        show_envvar=True,
        help="The folder of what people decided.  [default: kg-review, if it is there]",
    )(command)
