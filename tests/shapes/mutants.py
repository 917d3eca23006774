"""For every constraint of every shape one change of `conforming.ttl` that it, and it alone, must catch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """Say which constraint of which shape catches a change: triples taken away, triples added (Turtle)."""

    shape: str
    constraint: str
    take: str = ""
    add: str = ""


_HASH = '"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"'
_KIND = "kg:mentionKind"
_FACT = "kg:polarity kg:positive ; kg:modality kg:actual"

SOURCES = (
    Mutant("ArticleFile", "MinCount", ':c kg:sourceFile "c.txt" .'),
    Mutant("ArticleFile", "MaxCount", "", ':c kg:sourceFile "again.txt" .'),
    Mutant("ArticleFile", "Datatype", ':c kg:sourceFile "c.txt" .', ':c kg:sourceFile "c.txt"@en .'),
    Mutant("ArticleFile", "Pattern", ':c kg:sourceFile "c.txt" .', ':c kg:sourceFile "folder/c.txt" .'),
    Mutant("ArticleHash", "MinCount", f":c kg:contentHash {_HASH.replace('d', 'c')} ."),
    Mutant("ArticleHash", "MaxCount", "", f":c kg:contentHash {_HASH} ."),
    Mutant("ArticleHash", "Pattern", f":c kg:contentHash {_HASH.replace('d', 'c')} .", ':c kg:contentHash "cc" .'),
    Mutant("ArticleLength", "MinCount", ":c kg:textLength 150 ."),
    Mutant("ArticleLength", "MaxCount", "", ":c kg:textLength 151 ."),
    Mutant("ArticleLength", "Datatype", ":c kg:textLength 150 .", ":c kg:textLength 150.0 ."),
    Mutant("ArticleLength", "MinInclusive", ":c kg:textLength 150 .", ":c kg:textLength -1 ."),
    Mutant("ArticleTitle", "MaxCount", "", ':a dcterms:title "More talks" .'),
    Mutant("ArticleTitle", "NodeKind", "", ":b dcterms:title :talks ."),
    Mutant("ArticleIssued", "MaxCount", "", ':a dcterms:issued "2025-06-04"^^xsd:date .'),
    Mutant("ArticleIssued", "Datatype", "", ':b dcterms:issued "June" .'),
    Mutant("ArticleIssued", "Datatype", "", ':b dcterms:issued "2025-06-31"^^xsd:date .'),
    Mutant("ArticleDuplicate", "MaxCount", "", ":c kg:duplicateOf :b ."),
    Mutant("ArticleDuplicate", "Class", ":c kg:duplicateOf :a .", ":c kg:duplicateOf :unknown ."),
    Mutant(
        "ArticleOriginal",
        "MaxCount",
        "",
        f':d a kg:Article ; kg:sourceFile "d.txt" ; kg:textLength 1 ; kg:contentHash {_HASH} ; kg:duplicateOf :c .',
    ),
    Mutant("DuplicateSilent", "MaxCount", ":m_other kg:inArticle :b .", ":m_other kg:inArticle :c ."),
    Mutant("ArticlePage", "MaxCount", "", ":a dcterms:isPartOf :other_page ."),
    Mutant("ArticlePage", "NodeKind", "", ':b dcterms:isPartOf "page" .'),
    Mutant("ArticleTextHash", "MaxCount", "", f":a kg:textHash {_HASH} ."),
    Mutant("ArticleTextHash", "Pattern", "", ':b kg:textHash "ee" .'),
    Mutant("ArticleDateSource", "MaxCount", "", ':a kg:dateSource "OpenGraph" .'),
    Mutant("ArticleDateSource", "Datatype", "", ':b kg:dateSource "JSON-LD"@en .'),
    Mutant("ArticleDateCertainty", "MaxCount", "", ':a kg:dateCertainty "inferred" .'),
    Mutant("ArticleDateCertainty", "In", "", ':b kg:dateCertainty "maybe" .'),
    Mutant("ArticleDateline", "MaxCount", "", ':a kg:datelinePlace "LIMA" .'),
    Mutant("ArticleDateline", "Datatype", "", ':b kg:datelinePlace "LIMA"@en .'),
    Mutant("ArticleAgency", "MaxCount", "", ':a kg:agency "AP" .'),
    Mutant("ArticleAgency", "Datatype", "", ':b kg:agency "AP"@en .'),
    Mutant("ArticleWireStory", "MaxCount", "", ":a kg:wireStory :other_wire . :other_wire a kg:WireStory ."),
    Mutant("ArticleWireStory", "Class", "", ":b kg:wireStory :unknown ."),
    Mutant("WireStoryTold", "MinCount", "", ":untold a kg:WireStory ."),
)

MENTIONS = (
    Mutant(
        "MentionThing",
        "MinCount",
        "",
        f':m a kg:Mention ; kg:inArticle :b ; {_KIND} "name" ; nif:beginIndex 0 ; nif:endIndex 1 ; nif:anchorOf "f" .',
    ),
    Mutant(
        "MentionThing",
        "NodeKind",
        "",
        ":m_other kg:mentionOf [ a kg:SameEvent ; kg:hasReport :release, :meeting ] .",
    ),
    Mutant("MentionKnown", "SPARQL", "", ":m_other kg:mentionOf :unknown ."),
    Mutant("MentionArticle", "MinCount", ":m_other kg:inArticle :b ."),
    Mutant("MentionArticle", "MaxCount", "", ":m_other kg:inArticle :a ."),
    Mutant("MentionArticle", "Class", ":m_other kg:inArticle :b .", ":m_other kg:inArticle :unknown ."),
    Mutant("MentionBegin", "MinCount", ":m_other nif:beginIndex 0 ."),
    Mutant("MentionBegin", "MaxCount", "", ':m_other nif:beginIndex "00"^^xsd:integer .'),
    Mutant("MentionBegin", "Datatype", ":m_other nif:beginIndex 0 .", ":m_other nif:beginIndex 0.0 ."),
    Mutant(
        "MentionBegin",
        "MinInclusive",
        ":m_other nif:beginIndex 0 ; nif:endIndex 4 .",
        ":m_other nif:beginIndex -1 ; nif:endIndex 3 .",
    ),
    Mutant(
        "MentionBegin",
        "LessThan",
        ':m_other nif:endIndex 4 ; nif:anchorOf "free" .',
        ':m_other nif:endIndex 0 ; nif:anchorOf "" .',
    ),
    Mutant("MentionEnd", "MinCount", ":m_other nif:endIndex 4 ."),
    Mutant("MentionEnd", "MaxCount", "", ':m_other nif:endIndex "04"^^xsd:integer .'),
    Mutant("MentionEnd", "Datatype", ":m_other nif:endIndex 4 .", ":m_other nif:endIndex 4.0 ."),
    Mutant("MentionText", "MinCount", ':m_other nif:anchorOf "free" .'),
    Mutant("MentionText", "MaxCount", "", ':m_other nif:anchorOf "feed" .'),
    Mutant("MentionText", "Datatype", ':m_other nif:anchorOf "free" .', ':m_other nif:anchorOf "free"@en .'),
    Mutant("MentionKind", "MinCount", f':m_other {_KIND} "trigger" .'),
    Mutant("MentionKind", "MaxCount", "", f':m_ada {_KIND} "pronoun" .'),
    Mutant(
        "MentionKind",
        "In",
        f':m_other kg:mentionOf :other_release ; {_KIND} "trigger" .',
        f':m_other kg:mentionOf :same ; {_KIND} "verb" . :m_freed kg:mentionOf :other_release .',
    ),
    Mutant("MentionSentence", "MaxCount", "", ":m_range kg:sentence :one ."),
    Mutant("MentionSentence", "NodeKind", "", ":m_other kg:sentence [] ."),
    Mutant("MentionAround", "SPARQL", ":m_ada kg:sentence :one .", ":m_ada kg:sentence :two ."),
    Mutant("MentionAround", "SPARQL", "", ":m_other kg:sentence :one ."),
    Mutant("MentionAround", "SPARQL", "", ":m_other kg:sentence :unknown ."),
    Mutant("MentionInside", "SPARQL", ":b kg:textLength 4 .", ":b kg:textLength 3 ."),
    Mutant("MentionInside", "SPARQL", ":a kg:textLength 150 .", ":a kg:textLength 148 ."),
    Mutant("MentionLength", "SPARQL", ':m_other nif:anchorOf "free" .', ':m_other nif:anchorOf "fre" .'),
    Mutant("MentionLength", "SPARQL", ':m_other nif:anchorOf "free" .', ':m_other nif:anchorOf "fr\U0001f54ae!" .'),
    Mutant("Mentioned", "MinCount", "", ':x a kg:Weapon ; skos:prefLabel "drone" .'),
    Mutant("Mentioned", "MinCount", "", f":x a kg:Attack ; {_FACT} ."),
    Mutant("Mentioned", "MinCount", "", ':x a kg:Claim ; kg:claimText "Ghana and Peru met in Accra" .'),
    Mutant(
        "Mentioned",
        "MinCount",
        "",
        ":x a kg:Statement ; rdf:subject :ada ; rdf:predicate kg:leads ; rdf:object :radio ; kg:asserted false .",
    ),
    Mutant("Mentioned", "MinCount", "", ':x a kg:Position ; kg:holder :ada ; kg:title "judge" .'),
    Mutant("Mentioned", "MinCount", "", ":x a kg:Quantity ; kg:value 1.0 ."),
    Mutant("Mentioned", "MinCount", "", ":x a kg:Time ."),
    Mutant("EntityMentioned", "In", f':m_ada {_KIND} "name" .', f':m_ada {_KIND} "trigger" .'),
    Mutant("EventMentioned", "In", f':m_other {_KIND} "trigger" .', f':m_other {_KIND} "nominal" .'),
    Mutant("ClaimMentioned", "In", f':m_said {_KIND} "cue" .', f':m_said {_KIND} "trigger" .'),
    Mutant("StatementMentioned", "In", f':m_located {_KIND} "statement" .', f':m_located {_KIND} "name" .'),
    Mutant("StatementMentioned", "In", f':m_position {_KIND} "statement" .', f':m_position {_KIND} "name" .'),
    Mutant("QuantityMentioned", "In", f':m_about {_KIND} "quantity" .', f':m_about {_KIND} "time" .'),
    Mutant("TimeMentioned", "In", f':m_friday {_KIND} "time" .', f':m_friday {_KIND} "name" .'),
    Mutant("Rule", "Datatype", "", ':m_other kg:rule "names"@en .'),
    Mutant("Rule", "MinLength", "", ':m_other kg:rule "" .'),
    Mutant("Score", "MaxCount", "", ":m_ada kg:score 0.8 ."),
    Mutant("Score", "Datatype", "", ":m_other kg:score 1 ."),
    Mutant("Score", "MinInclusive", "", ":m_other kg:score -0.1 ."),
    Mutant("Score", "MaxInclusive", "", ":m_other kg:score 1.1 ."),
)

ENTITIES = (
    Mutant("EntityLabel", "MinCount", ':peru skos:prefLabel "Peru" .'),
    Mutant("EntityLabel", "MaxCount", "", ':peru skos:prefLabel "Republic of Peru" .'),
    Mutant("EntityLabel", "Datatype", ':peru skos:prefLabel "Peru" .', ':peru skos:prefLabel "Peru"@es .'),
    Mutant("EntityLabel", "MinLength", ':peru skos:prefLabel "Peru" .', ':peru skos:prefLabel "" .'),
    Mutant("EntityOtherLabel", "Datatype", "", ':peru skos:altLabel "Pérou"@fr .'),
    Mutant("EntityOtherLabel", "Disjoint", "", ':peru skos:altLabel "Peru" .'),
    Mutant("EntityLink", "NodeKind", "", ':peru owl:sameAs "Q419" .'),
    Mutant("EntityMatch", "NodeKind", "", ':peru skos:exactMatch "PE" .'),
    Mutant("EntityClass", "SPARQL", "", ":ada a kg:Weapon ."),
    Mutant("EntityClass", "SPARQL", "", ":peru a kg:City ."),
    Mutant("EntityClass", "SPARQL", ":radio a kg:Organization .", ":radio a kg:Entity ."),
)

EVENTS = (
    Mutant("EventClass", "SPARQL", ":meeting a kg:Meet .", ""),
    Mutant("EventClass", "SPARQL", "", ":meeting a kg:Call ."),
    Mutant("EventClass", "SPARQL", "", ":meeting a kg:Kill ."),
    Mutant("EventActor", "Class", "", ":meeting kg:actor :unknown ."),
    Mutant("EventActor", "Class", "", ":meeting kg:actor :release ."),
    Mutant("EventRecipient", "Class", "", ":meeting kg:recipient :friday ."),
    Mutant("EventTheme", "Or", "", ":meeting kg:theme :three_hundred ."),
    Mutant("EventPlace", "Class", "", ":release kg:place :unknown ."),
    Mutant(
        "EventTime", "MaxCount", "", ":meeting kg:time :sunday . :sunday a kg:Time . :m_friday kg:mentionOf :sunday ."
    ),
    Mutant("EventTime", "Class", "", ":release kg:time :day ."),
    Mutant("EventPolarity", "MinCount", ":release kg:polarity kg:positive ."),
    Mutant("EventPolarity", "MaxCount", "", ":release kg:polarity kg:negative ."),
    Mutant("EventPolarity", "In", ":release kg:polarity kg:positive .", ":release kg:polarity kg:actual ."),
    Mutant("EventModality", "MinCount", ":release kg:modality kg:actual ."),
    Mutant("EventModality", "MaxCount", "", ":release kg:modality kg:future ."),
    Mutant("EventModality", "In", ":release kg:modality kg:actual .", ":release kg:modality kg:positive ."),
    Mutant("EventLoop", "SPARQL", "", ":release kg:theme :release ."),
    Mutant("EventLoop", "SPARQL", "", ":release kg:theme :meeting . :meeting kg:theme :release ."),
)

CLAIMS = (
    Mutant("ClaimSpeaker", "Class", "", ":claim kg:speaker :meeting ."),
    Mutant("ClaimAddressee", "Class", "", ":claim kg:addressee :unknown ."),
    Mutant("ClaimContent", "Or", "", ":claim kg:content :ada ."),
    Mutant(
        "ClaimSubstance",
        "MinCount",
        ':claim kg:content :meeting, :position ; kg:claimText "Ghana and Peru met in Accra" ; kg:quotation "met" .',
    ),
    Mutant("ClaimMedium", "MaxCount", "", ':claim kg:medium "television" .'),
    Mutant("ClaimMedium", "Or", ":claim kg:medium :radio .", ":claim kg:medium :meeting ."),
    Mutant("ClaimQuotation", "Datatype", "", ":claim kg:quotation 13 ."),
    Mutant("ClaimQuotation", "MinLength", "", ':claim kg:quotation "" .'),
    Mutant("ClaimText", "MaxCount", "", ':claim kg:claimText "they met" .'),
    Mutant("ClaimText", "Datatype", ':claim kg:claimText "Ghana and Peru met in Accra" .', ":claim kg:claimText 13 ."),
    Mutant("ClaimText", "MinLength", ':claim kg:claimText "Ghana and Peru met in Accra" .', ':claim kg:claimText "" .'),
)

RELATIONS = (
    Mutant("StatementSubject", "MinCount", ":affiliated rdf:subject :delegation ."),
    Mutant("StatementSubject", "MaxCount", "", ":affiliated rdf:subject :radio ."),
    Mutant("StatementSubject", "Class", ":affiliated rdf:subject :delegation .", ":affiliated rdf:subject :meeting ."),
    Mutant("StatementPredicate", "MinCount", ":affiliated rdf:predicate kg:affiliatedWith ."),
    Mutant("StatementPredicate", "MaxCount", "", ":affiliated rdf:predicate kg:memberOf ."),
    Mutant(
        "StatementPredicate",
        "In",
        ":affiliated rdf:predicate kg:affiliatedWith .",
        ":affiliated rdf:predicate kg:actor .",
    ),
    Mutant("StatementObject", "MinCount", ":affiliated rdf:object :ghana ."),
    Mutant("StatementObject", "MaxCount", "", ":affiliated rdf:object :peru ."),
    Mutant("StatementObject", "Class", ":affiliated rdf:object :ghana .", ':affiliated rdf:object "Ghana" .'),
    Mutant("StatementAsserted", "MinCount", ":affiliated kg:asserted false ."),
    Mutant("StatementAsserted", "MaxCount", "", ":located kg:asserted false ."),
    Mutant("StatementAsserted", "Datatype", ":affiliated kg:asserted false .", ':affiliated kg:asserted "no" .'),
    Mutant("StatementStated", "SPARQL", ":accra kg:locatedIn :ghana ."),
    Mutant("StatementStated", "SPARQL", ":affiliated kg:asserted false .", ":affiliated kg:asserted true ."),
    Mutant("RelationBacked", "SPARQL", "", ":ada kg:leads :delegation ."),
    Mutant("RelationBacked", "SPARQL", "", ":delegation kg:affiliatedWith :ghana ."),
    Mutant("RelationBacked", "SPARQL", ":located kg:asserted true .", ":located kg:asserted false ."),
    Mutant("PositionHolder", "MinCount", ":position kg:holder :ada ."),
    Mutant(
        "PositionHolder",
        "MaxCount",
        "",
        ':position kg:holder :eve . :eve a kg:Person ; skos:prefLabel "Eve" . :m_ada kg:mentionOf :eve .',
    ),
    Mutant("PositionHolder", "Class", ":position kg:holder :ada .", ":position kg:holder :ghana ."),
    Mutant("PositionTitle", "MinCount", ':position kg:title "trade minister" .'),
    Mutant("PositionTitle", "MaxCount", "", ':position kg:title "minister" .'),
    Mutant(
        "PositionTitle",
        "Datatype",
        ':position kg:title "trade minister" .',
        ':position kg:title "trade minister"@en .',
    ),
    Mutant("PositionTitle", "MinLength", ':position kg:title "trade minister" .', ':position kg:title "" .'),
    Mutant("PositionOf", "Class", "", ":position kg:positionOf :unknown ."),
    Mutant("PositionFormer", "MaxCount", "", ":position kg:former true ."),
    Mutant("PositionFormer", "Datatype", ":position kg:former false .", ':position kg:former "no" .'),
)

QUANTITIES = (
    Mutant("QuantityNumber", "MinCount", ":three_hundred kg:value 300.0 ."),
    Mutant("QuantityValue", "MaxCount", "", ":three_hundred kg:value 500.0 ."),
    Mutant("QuantityValue", "Datatype", ":three_hundred kg:value 300.0 .", ":three_hundred kg:value 300 ."),
    Mutant("QuantityMinimum", "MaxCount", "", ":range kg:minimum 2.5 ."),
    Mutant("QuantityMinimum", "Datatype", ":range kg:minimum 2.0 .", ":range kg:minimum 2 ."),
    Mutant("QuantityMinimum", "LessThanOrEquals", ":range kg:minimum 2.0 .", ":range kg:minimum 3.5 ."),
    Mutant("QuantityMaximum", "MaxCount", "", ":range kg:maximum 4.0 ."),
    Mutant("QuantityMaximum", "Datatype", ":range kg:maximum 3.0 .", ":range kg:maximum 3 ."),
    Mutant("QuantityModifier", "MaxCount", "", ':three_hundred kg:modifier "some" .'),
    Mutant("QuantityModifier", "Datatype", "", ':range kg:modifier "about"@en .'),
    Mutant("QuantityUnit", "MaxCount", "", ':three_hundred kg:unit "people" .'),
    Mutant("QuantityUnit", "NodeKind", "", ":range kg:unit [] ."),
    Mutant("QuantityOf", "Or", "", ":three_hundred kg:quantityOf :friday ."),
)

TIMES = (
    Mutant("TimeValue", "MaxCount", "", ':friday kg:timeValue "2025-06-06" .'),
    Mutant("TimeValue", "Datatype", ':friday kg:timeValue "2025-05-30" .', ":friday kg:timeValue 2025 ."),
    *(
        Mutant("TimeValue", "Pattern", ':friday kg:timeValue "2025-05-30" .', f':friday kg:timeValue "{value}" .')
        for value in ("Friday", "30-05-2025", "2025-13", "2025-W60", "2025-05-30/", "P", "PT", "2025/05/30")
    ),
    Mutant("TimeBeginning", "MaxCount", "", ":friday time:hasBeginning :eve . :eve a time:Instant ; time:inXSDDate "
           '"2025-05-29"^^xsd:date .'),
    Mutant("TimeBeginning", "Class", ":friday time:hasBeginning :day .", ":friday time:hasBeginning :unknown ."),
    Mutant("TimeEnd", "MaxCount", "", ":friday time:hasEnd :next . :next a time:Instant ; time:inXSDDate "
           '"2025-05-31"^^xsd:date .'),
    Mutant("TimeEnd", "Class", ":friday time:hasEnd :day .", ':friday time:hasEnd "2025-05-30"^^xsd:date .'),
    Mutant("TimeDay", "MinCount", ':day time:inXSDDate "2025-05-30"^^xsd:date .'),
    Mutant("TimeDay", "MaxCount", "", ':x a time:Instant ; time:inXSDDate "2025-01-01"^^xsd:date, '
           '"2025-01-02"^^xsd:date .'),
    Mutant("TimeDay", "Datatype", ':day time:inXSDDate "2025-05-30"^^xsd:date .', ':day time:inXSDDate "May" .'),
    Mutant("TimeOrder", "SPARQL", ":friday time:hasEnd :day .", ":friday time:hasEnd :eve . :eve a time:Instant ; "
           'time:inXSDDate "2025-05-29"^^xsd:date .'),
)  # fmt: skip

ACROSS = (
    Mutant("SameEventReports", "MinCount", ":same kg:hasReport :other_release ."),
    Mutant("SameEventReports", "Class", "", ":same kg:hasReport :ada ."),
    Mutant("DisagreementAbout", "MinCount", ":dispute kg:about :release ."),
    Mutant("DisagreementAbout", "NodeKind", "", ':dispute kg:about "prisoners" .'),
    Mutant("DisagreementReports", "MinCount", ":dispute kg:report :range ."),
    Mutant("DisagreementReports", "NodeKind", "", ":dispute kg:report 13 ."),
)

TERMS = (
    Mutant("PropertyDefined", "SPARQL", "", ":ada kg:bornIn :ghana ."),
    Mutant("ClassDefined", "SPARQL", "", ":ada a kg:Minister ."),
)

GAZETTEERS = (
    Mutant("GazetteerTitle", "MinCount", ':places dcterms:title "places.tsv" .'),
    Mutant("GazetteerVersion", "MinCount", ':places kg:gazetteerVersion "2025-06" .'),
    Mutant("GazetteerVersion", "MaxCount", "", ':places kg:gazetteerVersion "2025-07" .'),
    Mutant("GazetteerHash", "MinCount", f":places kg:gazetteerHash {_HASH} ."),
    Mutant("GazetteerHash", "MaxCount", "", f":places kg:gazetteerHash {_HASH.replace('d', 'c')} ."),
    Mutant("GazetteerHash", "Pattern", f":places kg:gazetteerHash {_HASH} .", ':places kg:gazetteerHash "dd" .'),
    Mutant("LinkedBy", "Class", "", ":peru kg:linkedBy :unknown ."),
    Mutant("KnownIn", "MaxCount", "", ":accra kg:knownIn :peru ."),
    Mutant("KnownIn", "Class", ":accra kg:knownIn :ghana .", ":accra kg:knownIn :ada ."),
    Mutant("KnownBySomebody", "MinCount", ":accra kg:linkedBy :places ."),
)

MUTANTS = (
    *SOURCES, *MENTIONS, *ENTITIES, *EVENTS, *CLAIMS, *RELATIONS, *QUANTITIES, *TIMES, *ACROSS, *TERMS, *GAZETTEERS,
)  # fmt: skip
