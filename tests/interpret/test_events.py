import pytest

from kgbuild.model import EntityType, Modality, Polarity
from tests.interpret.scenes import Scene, event, names

COUNTRY, GROUP, CITY, PERSON = EntityType.COUNTRY, EntityType.GROUP, EntityType.CITY, EntityType.PERSON


def test_sides_become_roles_and_evidence_names_entry_and_construction():
    scene = Scene("Chile attacked Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    said = scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past").read()
    (found,) = said.events
    assert found.event_class == "Attack"
    assert (names(found.actor), names(found.recipient), names(found.place)) == (["Chile"], ["Lima"], ["Lima"])
    assert found.evidence.rules == ("frame:attack",)
    assert found.evidence.where == (scene.at("attacked"),)


def test_a_condition_decides_what_a_word_means():
    met = Scene("Chile met Peru.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    met.frame("met", "meet", sides=(("subject", "Chile"), ("object", "Peru")))
    assert names(event(met.read(), "met").actor) == ["Chile", "Peru"]
    target = Scene("Chile met its targets.").thing(COUNTRY, "Chile").frame("targets", "target", "noun")
    target.frame("met", "meet", sides=(("subject", "Chile"), ("object", "targets")))
    assert target.read().events == ()


def test_two_parties_in_one_span_both_fill_the_role():
    scene = Scene("Both sides agreed.").thing(COUNTRY, "sides", named=False)
    scene.chains.append(scene.chains[0])
    said = scene.frame("agreed", "agree", sides=(("subject", "sides"),)).read()
    assert event(said, "agreed").event_class == "Agree"


@pytest.mark.parametrize(
    ("verb", "lemma", "wanted"),
    [
        ("demanded", "demand", Modality.REQUESTED),
        ("proposed", "propose", Modality.PROPOSED),
        ("promised", "promise", Modality.FUTURE),
        ("hoped", "hope", Modality.POSSIBLE),
        ("planned", "plan", Modality.FUTURE),
    ],
)
def test_what_stands_above_tells_how_an_event_is_told(verb: str, lemma: str, wanted: Modality):
    scene = Scene(f"Chile {verb} to attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame(verb, lemma, sides=(("subject", "Chile"), ("clause", "attack")), tense="past")
    assert event(scene.read(), "attack").modality is wanted


@pytest.mark.parametrize(
    ("auxiliaries", "wanted"),
    [(("may",), Modality.POSSIBLE), (("will",), Modality.FUTURE), (("must",), Modality.REQUESTED),
     (("if",), Modality.CONDITIONAL), (("would",), Modality.CONDITIONAL), ((), Modality.ACTUAL)],
)  # fmt: skip
def test_modals_of_its_own(auxiliaries: tuple[str, ...], wanted: Modality):
    scene = Scene("Chile attacks Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attacks", "attack", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=auxiliaries)
    assert event(scene.read(), "attacks").modality is wanted


def test_would_in_a_report_is_the_past_of_will():
    scene = Scene("Chile said it would attack Lima.").thing(COUNTRY, "Chile", "it").thing(CITY, "Lima")
    scene.frame("attack", "attack", sides=(("subject", "it"), ("object", "Lima")), auxiliaries=("would",))
    scene.frame("said", "say", sides=(("subject", "Chile"), ("clause", "attack")), tense="past")
    assert event(scene.read(), "attack").modality is Modality.FUTURE


def test_negation_of_its_own_of_a_verb_above_and_of_stopping():
    own = Scene("Chile did not attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    own.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")), negated=True)
    failed = Scene("Chile failed to attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    failed.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")))
    failed.frame("failed", "fail", sides=(("subject", "Chile"), ("clause", "attack")), tense="past")
    stopped = Scene("Chile halted its mobilisation.").thing(COUNTRY, "Chile")
    stopped.frame("mobilisation", "mobilisation", "noun", sides=(("possessor", "Chile"),))
    stopped.frame("halted", "halt", sides=(("subject", "Chile"), ("object", "mobilisation")), tense="past")
    for scene, trigger in ((own, "attack"), (failed, "attack"), (stopped, "mobilisation")):
        assert event(scene.read(), trigger).polarity is Polarity.NEGATIVE


def test_a_war_stays_a_fact_whatever_is_asked_about_it():
    scene = Scene("Chile proposed to end the war.").thing(COUNTRY, "Chile").frame("war", "war", "noun")
    scene.frame("end", "end", sides=(("subject", "Chile"), ("object", "war")), auxiliaries=("to",))
    scene.frame("proposed", "propose", sides=(("subject", "Chile"), ("clause", "end")), tense="past")
    assert event(scene.read(), "war").modality is Modality.ACTUAL


def test_a_noun_after_its_verb_is_the_same_event_and_keeps_its_roles():
    text = "Chile attacked Lima. The attack surprised many."
    scene = Scene(text).thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past")
    said = scene.frame("attack#2", "attack", "noun").read()
    (found,) = said.events
    assert len(found.evidence.where) == 2
    assert names(found.actor) == ["Chile"]


def test_attacks_on_two_cities_are_two_events():
    scene = Scene("Chile attacked Lima. Chile shelled Cusco.").thing(COUNTRY, "Chile", "Chile#2")
    scene.thing(CITY, "Lima").thing(CITY, "Cusco")
    scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past")
    scene.frame("shelled", "shell", sides=(("subject", "Chile#2"), ("object", "Cusco")), tense="past")
    assert len(scene.read().events) == 2


def test_who_is_asked_is_the_one_who_is_to_do_it():
    scene = Scene("Chile urged Peru to withdraw from Lima.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.thing(CITY, "Lima").frame("withdraw", "withdraw", sides=(("from", "Lima"),), auxiliaries=("to",))
    scene.frame("urged", "urge", sides=(("subject", "Chile"), ("object", "Peru"), ("clause", "withdraw")), tense="past")
    said = scene.read()
    assert names(event(said, "withdraw").actor) == ["Peru"]
    assert event(said, "urged").theme == (event(said, "withdraw").id,)


def test_harm_takes_place_and_doer_from_the_blow_in_its_sentence():
    scene = Scene("Chile attacked Lima, killing ten people.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.thing(GROUP, "people", named=False)
    scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past")
    killing = event(scene.frame("killing", "kill", sides=(("object", "people"),)).read(), "killing")
    assert (names(killing.actor), names(killing.place)) == (["Chile"], ["Lima"])


def test_talks_named_without_parties_get_those_of_the_article():
    scene = Scene("Chile met Peru. Talks failed.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("met", "meet", sides=(("subject", "Chile"), ("object", "Peru")), tense="past")
    said = scene.frame("Talks", "talk", "noun").read()
    assert names(event(said, "Talks").actor) == ["Chile", "Peru"]


@pytest.mark.parametrize(("again", "wanted"), [(False, []), (True, ["Chile", "Peru"])])
def test_two_are_the_parties_of_an_article_that_names_them_together_twice(again: bool, wanted: list[str]):
    scene = Scene("Chile agreed with Peru. Chile phoned Peru. A truce held.")
    scene.thing(COUNTRY, "Chile", "Chile#2").thing(COUNTRY, "Peru", "Peru#2")
    scene.frame("agreed", "agree", sides=(("subject", "Chile"), ("with", "Peru")), tense="past")
    if again:
        scene.frame("phoned", "phone", sides=(("subject", "Chile#2"), ("object", "Peru#2")), tense="past")
    said = scene.frame("truce", "truce", "noun", rules=("indefinite",)).read()
    assert names(event(said, "truce").actor) == wanted


def test_who_does_most_is_not_taken_to_do_what_is_done_to_him():
    scene = Scene("Chile hit Lima. Chile hit Cusco. Chile hit Oruro. Rockets hit Chile.")
    scene.thing(COUNTRY, "Chile", "Chile#2", "Chile#3", "Chile#4")
    for number, city in enumerate(("Lima", "Cusco", "Oruro"), 1):
        scene.thing(CITY, city)
        scene.frame(f"hit#{number}", "attack", sides=(("subject", f"Chile#{number}"), ("object", city)), tense="past")
    said = scene.frame("hit#4", "attack", sides=(("object", "Chile#4"),), tense="past").read()
    (struck,) = [one for one in said.events if one.evidence.where == (scene.at("hit#4"),)]
    assert (struck.actor, names(struck.recipient)) == ((), ["Chile"])


def test_nobody_acts_whom_the_subject_stands_by():
    scene = Scene("Iran stands by Peru.").thing(COUNTRY, "Iran").thing(COUNTRY, "Peru")
    said = scene.frame("stands", "stand", sides=(("subject", "Iran"), ("by", "Peru")), tense="present").read()
    assert names(event(said, "stands").actor) == ["Iran"]


@pytest.mark.parametrize(("tense", "wanted"), [("past", Modality.ACTUAL), ("", Modality.CONDITIONAL)])
def test_what_one_warns_of_is_open_unless_it_is_past(tense: str, wanted: Modality):
    scene = Scene("Anna warned that Chile attacked Lima.").thing(PERSON, "Anna")
    scene.thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense=tense)
    said = scene.frame("warned", "warn", sides=(("subject", "Anna"), ("clause", "attacked")), tense="past").read()
    assert event(said, "attacked").modality is wanted


@pytest.mark.parametrize(("side", "wanted"), [("clause", Polarity.NEGATIVE), ("object", Polarity.POSITIVE)])
def test_what_somebody_refuses_to_do_is_not_done(side: str, wanted: Polarity):
    scene = Scene("Chile refused to attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    said = scene.frame("refused", "refuse", sides=(("subject", "Chile"), (side, "attack")), tense="past").read()
    assert event(said, "attack").polarity is wanted


def test_an_article_without_frames_says_nothing():
    assert Scene("Rain.").read().events == ()


def test_what_is_new_in_words_is_another_event_though_its_parties_are_the_same():
    for text, rules, modifier in (
        ("Chile met Peru. Chile and Peru hold another meeting.", ("indefinite",), ""),
        ("Chile met Peru. Chile and Peru recall the previous meeting.", (), "previous"),
    ):
        scene = Scene(text).thing(COUNTRY, "Chile", "Chile#2").thing(COUNTRY, "Peru", "Peru#2")
        scene.frame("met", "meet", sides=(("subject", "Chile"), ("object", "Peru")), tense="past")
        sides = [("subject", "Chile#2"), ("subject", "Peru#2"), *([("modifier", modifier)] if modifier else [])]
        scene.frame("meeting", "meeting", "noun", sides=tuple(sides), rules=rules)
        assert len(scene.read().events) == 2


def test_what_is_demanded_is_not_what_was_done():
    scene = Scene("Chile attacked Lima. Peru demanded an attack.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.thing(CITY, "Lima")
    scene.frame("attacked", "attack", sides=(("subject", "Chile"), ("object", "Lima")), tense="past")
    scene.frame("attack#2", "attack", "noun")
    scene.frame("demanded", "demand", sides=(("subject", "Peru"), ("object", "attack#2")), tense="past")
    attacks = [one for one in scene.read().events if one.event_class == "Attack"]
    assert [one.modality for one in attacks] == [Modality.ACTUAL, Modality.REQUESTED]


def test_a_campaign_and_the_fighting_that_it_is_for_are_one_event():
    scene = Scene("Chile began a campaign to defeat Peru.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("defeat", "defeat", sides=(("subject", "Chile"), ("object", "Peru")), auxiliaries=("to",))
    scene.frame("campaign", "campaign", "noun", sides=(("subject", "Chile"), ("clause", "defeat")))
    assert len(scene.read().events) == 1


def test_a_toll_told_again_is_the_same_harm_if_one_cause_brought_it_about():
    for other, wanted in (("flood#2", 1), ("storm", 2)):
        scene = Scene("A flood killed ten people. The flood or storm killed dozens.").thing(
            GROUP, "people", named=False
        )
        for cause, kill, sides in (("flood", "killed", (("object", "people"),)), (other, "killed#2", ())):
            scene.frame(cause, cause.partition("#")[0], "noun")
            scene.frame(kill, "kill", sides=(("subject", cause), *sides), tense="past")
        assert len(scene.read().events) == wanted


def test_a_purpose_shares_the_time_of_what_serves_it():
    scene = Scene("Chile will train soldiers to attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame("train", "march", sides=(("subject", "Chile"), ("adverbial", "attack")), auxiliaries=("will",))
    assert event(scene.read(), "attack").modality is Modality.FUTURE


@pytest.mark.parametrize(("tense", "wanted"), [("present", Modality.CONDITIONAL), ("past", Modality.FUTURE)])
def test_what_hangs_on_a_condition_is_conditional_unless_it_is_past(tense: str, wanted: Modality):
    scene = Scene("Chile plans to attack Lima if talks fail.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("fail", "fail", auxiliaries=("if",), tense="present")
    scene.frame("attack", "attack", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame("plans", "plan", sides=(("subject", "Chile"), ("clause", "attack"), ("if", "fail")), tense=tense)
    assert event(scene.read(), "attack").modality is wanted


def test_what_conditions_are_for_is_conditional():
    scene = (
        Scene("Chile named conditions for a ceasefire.").thing(COUNTRY, "Chile").frame("ceasefire", "ceasefire", "noun")
    )
    scene.frame("conditions", "condition", "noun", sides=(("for", "ceasefire"),))
    assert event(scene.read(), "ceasefire").modality is Modality.CONDITIONAL


def test_what_is_to_be_recognised_or_lifted_is_a_fact():
    scene = Scene("Chile demanded that Peru lift the embargo.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("embargo", "embargo", "noun")
    scene.frame("lift", "lift", sides=(("subject", "Peru"), ("object", "embargo")))
    scene.frame("demanded", "demand", sides=(("subject", "Chile"), ("clause", "lift")), tense="past")
    said = scene.read()
    assert event(said, "embargo").modality is Modality.ACTUAL
    assert event(said, "lift").modality is Modality.REQUESTED


def test_who_is_threatened_stands_in_the_threat():
    scene = Scene("Chile threatened to cut supplies to Peru.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("cut", "trim", sides=(("subject", "Chile"), ("to", "Peru")), auxiliaries=("to",))
    scene.frame("threatened", "threaten", sides=(("subject", "Chile"), ("clause", "cut")), tense="past")
    assert names(event(scene.read(), "threatened").recipient) == ["Peru"]


def test_who_owns_a_decision_is_protested_against():
    scene = Scene("Crowds protested against the decision of Peru.").thing(GROUP, "Crowds", named=False)
    scene.thing(COUNTRY, "Peru").frame("decision", "decision", "noun", sides=(("possessor", "Peru"),))
    scene.frame("protested", "protest", sides=(("subject", "Crowds"), ("against", "decision")), tense="past")
    assert names(event(scene.read(), "protested").recipient) == ["Peru"]


@pytest.mark.parametrize(("noun", "wanted"), [("plan", Modality.PROPOSED), ("bridge", Modality.CONDITIONAL)])
def test_what_would_happen_under_a_plan_is_proposed(noun: str, wanted: Modality):
    scene = Scene(f"Under the {noun} Chile would attack Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame(noun, noun, "noun")
    sides = (("subject", "Chile"), ("object", "Lima"), ("under", noun))
    scene.frame("attack", "attack", sides=sides, auxiliaries=("would",))
    assert event(scene.read(), "attack").modality is wanted


@pytest.mark.parametrize(
    ("side", "above", "lemma", "pos", "wanted"),
    [
        ("clause", "operation", "operation", "noun", Modality.FUTURE),
        ("adverbial", "gathered", "gather", "verb", Modality.FUTURE),
        ("in order", "gathered", "gather", "verb", Modality.FUTURE),
        ("adverbial", "used", "use", "verb", Modality.ACTUAL),
        ("clause", "managed", "manage", "verb", Modality.ACTUAL),
    ],
)
def test_what_something_is_done_for_is_not_reached_by_it(side: str, above: str, lemma: str, pos: str, wanted: Modality):
    scene = Scene(f"Chile {above} to occupy Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("occupy", "occupy", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame(above, lemma, pos, sides=((side, "occupy"),), tense="past" if pos == "verb" else "")
    assert event(scene.read(), "occupy").modality is wanted


def test_an_effort_to_help_is_help():
    scene = Scene("Chile gathered to help Peru.").thing(COUNTRY, "Chile").thing(COUNTRY, "Peru")
    scene.frame("help", "help", sides=(("subject", "Chile"), ("object", "Peru")), auxiliaries=("to",))
    scene.frame("gathered", "gather", sides=(("subject", "Chile"), ("adverbial", "help")), tense="past")
    assert event(scene.read(), "help").modality is Modality.ACTUAL


def test_an_aim_that_is_told_as_a_fact_elsewhere_was_reached():
    scene = Scene("Chile gathered to occupy Lima. The occupation of Lima was brief.")
    scene.thing(COUNTRY, "Chile").thing(CITY, "Lima", "Lima#2")
    scene.frame("occupy", "occupy", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame("gathered", "gather", sides=(("subject", "Chile"), ("adverbial", "occupy")), tense="past")
    (found,) = scene.frame("occupation", "occupation", "noun", sides=(("of", "Lima#2"),)).read().events
    assert found.modality is Modality.ACTUAL


@pytest.mark.parametrize(("tense", "wanted"), [("past", Modality.ACTUAL), ("present", Modality.POSSIBLE)])
def test_who_was_able_to_has_done_it(tense: str, wanted: Modality):
    scene = Scene("Chile was able to occupy Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("occupy", "occupy", sides=(("subject", "Chile"), ("object", "Lima")), auxiliaries=("to",))
    scene.frame("able", "able", "adjective", sides=(("subject", "Chile"), ("clause", "occupy")), tense=tense)
    assert event(scene.read(), "occupy").modality is wanted


def test_by_doing_what_must_be_done():
    scene = Scene("Chile must act by occupying Lima.").thing(COUNTRY, "Chile").thing(CITY, "Lima")
    scene.frame("occupying", "occupy", sides=(("subject", "Chile"), ("object", "Lima")))
    scene.frame("act", "act", sides=(("subject", "Chile"), ("by", "occupying")), auxiliaries=("must",))
    assert event(scene.read(), "occupying").modality is Modality.REQUESTED


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [("2025-06-04", "2024-11", 2), ("2025-06-04", "2025-06", 1), ("2025-06-04", "2025-06-05", 1),
     ("2025-06-04", "2025-06-06", 2), ("2025-06-04", "2025-W02", 1), ("2025-06-04", None, 1)],
)  # fmt: skip
def test_what_happened_at_other_times_is_another_event(first: str, second: str | None, events: int):
    scene = Scene("Chile attacked Lima then. Chile attacked Lima there.")
    scene.thing(COUNTRY, "Chile", "Chile#2").thing(CITY, "Lima", "Lima#2")
    for number, (word, chile, lima, value) in enumerate(
        [("then", "Chile", "Lima", first), ("there", "Chile#2", "Lima#2", second)]
    ):
        trigger = "attacked" if number == 0 else "attacked#2"
        sides = (("subject", chile), ("object", lima), ("bare", word))
        scene.frame(trigger, "attack", sides=sides, tense="past").time(word, value)
    assert len(scene.read().events) == events
