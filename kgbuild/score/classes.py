"""The classes that gold annotations use, as the guidelines list them."""

from collections.abc import Mapping

from kgbuild.model import EntityType

ENTITY_CLASSES = tuple(type_.value for type_ in EntityType)
RELATIONS = ("leads", "memberOf", "locatedIn", "affiliatedWith", "annexedBy", "hasMember")
ROLES = ("actor", "recipient", "theme", "place")

# heading -> the narrower classes under it
_NARROWER: Mapping[str, tuple[str, ...]] = {
    "Agree": ("Propose", "Promise"),
    "Consult": ("Meet", "Visit", "Call", "Mediate"),
    "Support": ("Praise", "Recognize"),
    "Concede": (),
    "Cooperate": ("Exchange", "Transfer"),
    "Aid": (),
    "Retreat": ("Withdraw", "Release", "CeaseFire"),
    "Request": ("Demand", "Appeal"),
    "Accuse": ("Condemn", "Investigate"),
    "Reject": ("Refuse", "Deny", "Veto"),
    "Threaten": ("Warn",),
    "Protest": (),
    "Sanction": (),
    "Mobilize": ("Deploy",),
    "Coerce": ("Detain", "Deport", "Seize"),
    "Assault": ("Attack", "Kill", "Injure", "Damage"),
    "Vote": (),
    "Elect": (),
    "Control": (),
    "Publish": (),
}
# class -> its heading; a heading is its own
HEADING: Mapping[str, str] = {
    class_: heading for heading, narrower in _NARROWER.items() for class_ in (heading, *narrower)
}
