"""Light verbs: a noun names what happens, and the verb beside it holds the sides.

`carried out an attack on X` is an attack by the verb's subject on X; `talks took place in Doha` are talks in Doha;
`faces sanctions` is told of whom they hit. Here the nouns get the sides that their verbs hold for them.
"""

from kgbuild.extract.predicates import Predicate
from kgbuild.extract.tree import Tree, words

# Verbs that say little themselves: the noun in their object names what happens, and all their sides are its own.
_LIGHT_OBJECT = words(
    "hold carry conduct launch make take give have do impose reach issue stage mount wage undertake perform "
    "commit begin start continue resume enter pay offer voice express deliver sign seal strike declare announce "
    "unleash open initiate pursue fight plan organise organize host lead intensify complete finalise finalize "
    "place put provide lodge file cast fire conclude call maintain present submit execute lead spearhead coordinate "
    "escalate step"
) | {"carry out", "step up", "call off", "set off"}
# Verbs whose subject does what their object names, but whose other sides are their own.
_OWNING = words(
    "reinforce increase boost reaffirm reiterate extend plot prepare repeat halt cease cancel lift ease "
    "demonstrate show underline underscore threaten suspend renew strengthen pledge withdraw repeal revoke "
    "bolster accelerate expand reduce"
)
# Verbs whose subject undergoes what their object names: `face sanctions`, `come under attack`.
_UNDERGOING = words("face suffer receive draw sustain endure undergo attract escape evade survive await risk")
# Verbs of taking place: the noun in their subject names what happens.
_LIGHT_SUBJECT = words(
    "occur happen begin start continue resume last come end follow erupt stall collapse fail break be stop "
    "ensue proceed open close conclude fall go kill leave hit"
) | {"take place", "break out", "break down", "get underway", "kick off", "take"}
# Verbs of having a part: the noun behind `in` or in the object names what happens.
_PARTAKING = words("participate engage involve partake attend join take meet sit gather") | {"take part"}
# Nouns whose deed is done by the subject of the clause around them: `in support of`, `in retaliation for`.
_ADJUNCT_DEEDS = words(
    "support response retaliation cooperation co-operation coordination co-ordination collaboration partnership "
    "violation defiance defence defense revenge reprisal protest solidarity conjunction consultation"
)
# Nouns of what takes two: with one party behind `with`, the other is the subject of the clause around them.
_MUTUAL = words(
    "talk meeting negotiation discussion consultation deliberation conversation summit dialogue call fighting clash "
    "battle fight skirmish gunfight firefight war agreement deal"
)
# Messages: who says something in one has sent it.
_MESSAGES = words("letter message call email e-mail telegram note cable")
_ADJUNCTS = words("after during following in at amid before since on for under")
# Verbs of going: who goes somewhere for something takes part in it.
_GOING = words("return arrive travel fly go come head converge leave depart invite")
# Verbs that bring somebody, or by which somebody comes, under what the noun behind `under` names.
_BRINGING, _COMING = words("put place bring keep hold"), words("come fall remain be go live stay")
_CONTENTLESS = words(
    "series number wave round set string spate range kind type form group lot hundred thousand dozen million "
    "score majority couple pair part rest host handful barrage act campaign course day week month"
)
# Verbs whose subject is a kind of thing and whose object are things of that kind.
_LISTING = frozenset({"include", "contain", "comprise", "stipulate"})
LENDING_VERBS = frozenset(
    word.split(" ")[0] for word in _LIGHT_OBJECT | _OWNING | _UNDERGOING | _LIGHT_SUBJECT | _PARTAKING | _LISTING
)
"""The verbs whose construction matters here, whether or not a data file knows them."""
_BY_OBJECT = ("object", "clause")
_BY_SUBJECT = ("object", "subject", "clause")
_BY_PART = ("object", "in", "at", "for", "clause")


def lend(tree: Tree, predicates: dict[int, Predicate], verb: Predicate) -> None:
    """Hand the sides of a verb to the noun that names what happens, if the verb is one that does so."""
    if verb.lemma in _LIGHT_OBJECT and not verb.fillers("complement"):  # unlike `called the talks a success`
        for word in verb.fillers("object"):
            _lend_to(predicates, verb, _content(tree, predicates, word), _BY_OBJECT, "light-verb")
    if verb.lemma in _LIGHT_SUBJECT:
        for word in verb.fillers("subject"):
            _lend_to(predicates, verb, _content(tree, predicates, word), _BY_SUBJECT, "takes-place")
    if verb.lemma in _PARTAKING:
        for side in ("in", "object", "at", "for"):
            for word in verb.fillers(side):
                _lend_to(predicates, verb, _content(tree, predicates, word), _BY_PART, "partaking")
    if verb.lemma in _LISTING:
        _list(predicates, verb)
    else:
        _own(tree, predicates, verb)


def _list(predicates: dict[int, Predicate], verb: Predicate) -> None:
    """Put what a kind of thing is said to include below it: `its conditions include lifting the embargo`."""
    for word in verb.fillers("subject"):
        noun = predicates.get(word)
        if noun is not None and noun.pos == "noun":
            noun.add("including", verb.fillers("object") + verb.fillers("clause"), "listing")


def list_members(tree: Tree, predicates: dict[int, Predicate], predicate: Predicate) -> None:
    """Put what is said to be among some things below them: `among its demands are the withdrawal and a freeze`."""
    if tree.child(predicate.word, "cop") is None or tree.preposition(predicate.word) not in ("", "among"):
        return  # `the deaths were in Kunar`
    for word in predicate.fillers("among") + predicate.fillers("bearer"):
        noun = predicates.get(word)
        if noun is not None and noun.pos == "noun":
            noun.add("including", tree.coordinated(predicate.word), "listing")


def _own(tree: Tree, predicates: dict[int, Predicate], verb: Predicate) -> None:
    """Lend nothing but the subject: to what one reaffirms, to what one undergoes, to what one acts in support of."""
    if verb.lemma in _OWNING or verb.lemma in _UNDERGOING:
        side = "subject" if verb.lemma in _OWNING else "against"
        for word in verb.fillers("object"):
            noun = predicates.get(_content(tree, predicates, word))
            if noun is not None and noun.pos == "noun" and not _owned(noun):
                noun.add(side, verb.fillers("subject"), "light-verb")
    under = "object" if verb.lemma in _BRINGING else "subject" if verb.lemma in _COMING else ""
    for word in verb.fillers("under") if under else ():
        noun = predicates.get(word)
        if noun is not None and noun.pos == "noun":
            noun.add("against", verb.fillers(under), "undergoing")
    for side, word in verb.sides:
        noun = predicates.get(word) if side in _ADJUNCTS else None
        if noun is None or noun.pos != "noun" or _owned(noun):
            continue
        deed = side == "in" and noun.lemma in _ADJUNCT_DEEDS
        mutual = noun.lemma in _MUTUAL and noun.fillers("with")
        bound = side == "for" and verb.lemma in _GOING
        written = side == "in" and noun.lemma in _MESSAGES and noun.fillers("to")
        if deed or mutual or bound or written:
            noun.add("subject", verb.fillers("subject"), "adjunct-deed")


def _owned(noun: Predicate) -> bool:
    return any(side in ("possessor", "by", "from", "subject", "between") for side, _ in noun.sides)


def _content(tree: Tree, predicates: dict[int, Predicate], word: int) -> int:
    """Look through `a series of attacks` to `attacks`."""
    noun = predicates.get(word)
    if noun is not None and noun.pos == "noun" and tree.lemma[word] in _CONTENTLESS:
        inner = [below for below in noun.fillers("of") if below in predicates]
        return inner[0] if inner else word
    return word


def _lend_to(predicates: dict[int, Predicate], verb: Predicate, word: int, without: tuple[str, ...], rule: str) -> None:
    noun = predicates.get(word)
    if noun is None or noun.pos != "noun":
        return
    had = {side for side, _ in noun.sides}
    for side, filler in verb.sides:
        if side not in without and side not in had and filler != word:
            noun.add(side, [filler], rule)
    noun.negated = noun.negated or verb.negated
    noun.auxiliaries.extend(aux for aux in verb.auxiliaries if aux not in noun.auxiliaries)
    noun.tense = noun.tense or verb.tense
