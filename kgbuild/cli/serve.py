"""`kgbuild serve`: let programs and browsers ask a store."""

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from kgbuild.cli.terminal import say


def serve(
    store: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a store.", show_default=False)],
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Listen here; by default for this machine only.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Listen at this port; 0 is any.")] = 7878,
    timeout: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="How long a question may take.")] = 30,
    at_once: Annotated[int, typer.Option(min=1, metavar="N", help="How many questions are answered at a time.")] = 4,
    max_answer: Annotated[int, typer.Option(min=1, metavar="MB", help="How long an answer may be.")] = 256,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages from other sites ask.")] = False,
) -> int:
    """Answer SPARQL over HTTP from a store, to read only; a browser finds a page to ask from at the same address.

    All named graphs are asked as one. Nothing can be changed, and no other machine is asked. The graph is that of the
    moment when the command starts: start it again after a new build. Ctrl-C ends it.

        kgbuild serve news-store
        curl http://127.0.0.1:7878/sparql --data-urlencode 'query=ASK { ?s ?p ?o }'
    """
    from kgbuild.serve import Limits, serving

    limits = Limits(seconds=timeout, answer_bytes=max_answer * 1024 * 1024, at_once=at_once)
    signal.signal(signal.SIGTERM, _interrupt)
    with serving(store, host, port, limits, cors=cors) as guard:
        say(f"SPARQL at {guard.url}, a page to ask from at {guard.url.removesuffix('sparql')} (Ctrl-C ends)")
        try:
            guard.serve_forever()
        except KeyboardInterrupt:
            say("ended")
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End in order when the system asks for it."""
    raise KeyboardInterrupt
