"""Serves a store over the SPARQL 1.1 Protocol, to read and never to write.

The Oxigraph server, a program of its own, answers; a guard of our own stands before it and lets through questions only,
within limits of size, time and number, and never to another machine. A question that takes too long is ended by the
server, in its own process, so that nothing keeps counting behind a closed connection.
"""

from kgbuild.serve.guard import Guard, Limits
from kgbuild.serve.server import serving

__all__ = ["Guard", "Limits", "serving"]
