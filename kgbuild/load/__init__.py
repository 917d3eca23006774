"""Loads a graph into a triple store that runs elsewhere, over the protocols that all of them speak.

A named graph an article goes over the SPARQL 1.1 Graph Store HTTP Protocol, or as SPARQL 1.1 Update where a store has
no such protocol, in pieces that no store refuses. What was loaded is noted down, so that a load that breaks off goes on
where it was, and counted in the end, because stores are known to lose a request without saying so.
"""

from kgbuild.load.endpoint import Endpoint, Protocol
from kgbuild.load.sending import Loaded, Plan, load, plan

__all__ = ["Endpoint", "Loaded", "Plan", "Protocol", "load", "plan"]
