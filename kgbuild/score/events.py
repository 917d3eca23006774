"""Events, the sides they have, and how they are told."""

from collections.abc import Mapping

from kgbuild.model import Iri
from kgbuild.rdf import KG
from kgbuild.score.align import Alignment, overlap
from kgbuild.score.classes import HEADING, ROLES
from kgbuild.score.gold import Gold, GoldEvent
from kgbuild.score.said import Said
from kgbuild.score.sheet import Sheet


def compare_events(gold: Gold, said: Said, alignment: Alignment, sheet: Sheet) -> Mapping[str, Iri]:
    """Match events one to one, those with most triggers in common first, and give gold id -> event of the graph."""
    ours = {
        one.thing
        for one in said.standings.get(gold.name, [])
        if one.thing in said.event_class and any(overlap(one.span, area) for area in gold.live)
    }
    pairs = [
        (hits + 0.5 * (said.event_class[thing] == event.event_class), event.id, thing)
        for event in gold.events
        for thing in ours
        if HEADING[said.event_class[thing]] == HEADING[event.event_class]
        and (hits := alignment.hits(thing, event.spans))
    ]
    matched: dict[str, Iri] = {}
    taken: set[Iri] = set()
    for _, id_, thing in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if id_ not in matched and thing not in taken:
            matched[id_] = thing
            taken.add(thing)
    strict = sum(said.event_class[matched[one.id]] == one.event_class for one in gold.events if one.id in matched)
    sheet.count("events", len(matched), len(ours), len(gold.events))
    sheet.count("events_strict", strict, len(ours), len(gold.events))
    _note_misses(gold, said, matched, ours - taken, sheet)
    return matched


def _note_misses(gold: Gold, said: Said, matched: Mapping[str, Iri], spurious: set[Iri], sheet: Sheet) -> None:
    for event in gold.events:
        if event.id not in matched:
            sheet.miss(gold, next(iter(event.spans), None), "event missed", event.event_class)
        elif said.event_class[matched[event.id]] != event.event_class:
            wrong = f"{event.event_class}, not {said.event_class[matched[event.id]]}"
            sheet.miss(gold, next(iter(event.spans), None), "event of the wrong class", wrong)
    for thing in spurious:
        sheet.miss(gold, said.places[thing][gold.name][0].span, "event spurious", said.event_class[thing])


def compare_sides(gold: Gold, said: Said, alignment: Alignment, matched: Mapping[str, Iri], sheet: Sheet) -> None:
    """Count for each event who does what to whom, about what and where; an unmatched event has lost all its sides."""
    for event in gold.events:
        thing = matched.get(event.id)
        for role in ROLES:
            _compare_side(gold, said, alignment, matched, sheet, event, role)
        if thing is not None:
            polarity = said.local_name(thing, KG("polarity")) or "positive"
            modality = said.local_name(thing, KG("modality"))
            sheet.running.polarity.add(polarity == event.polarity)
            sheet.running.modality.add(modality == event.modality)
            span = next(iter(event.spans), None)
            if polarity != event.polarity:
                sheet.miss(gold, span, "polarity wrong", f"{event.polarity}, not {polarity}")
            if modality != event.modality:
                sheet.miss(gold, span, "modality wrong", f"{event.modality}, not {modality}")


def _compare_side(
    gold: Gold,
    said: Said,
    alignment: Alignment,
    matched: Mapping[str, Iri],
    sheet: Sheet,
    event: GoldEvent,
    role: str,
) -> None:
    """Count one side of one event; each filler of the graph stands for one of the gold at most."""
    left = said.things(matched.get(event.id), KG(role))
    wanted, have, right = event.sides[role], len(left), 0
    for id_ in wanted:
        filler = next((one for one in left if matched.get(id_) == one or alignment.stands_for(one, id_)), None)
        if filler is not None:
            left.remove(filler)
            right += 1
        elif event.id in matched:
            expected = f"{event.event_class}: {gold.called(id_)}"
            sheet.miss(gold, next(iter(event.spans), None), f"{role} missed", expected)
    sheet.count("roles", right, have, len(wanted))
    for filler in left:
        expected = f"{event.event_class}: {filler.value.rsplit('/', 1)[-1]}"
        sheet.miss(gold, next(iter(event.spans), None), f"{role} spurious", expected)
