"""Who is the same within one article: a sieve of named passes, the surest first.

Each pass joins only what it is sure of and sees what the earlier ones joined, after Lee et al. (2013), "Deterministic
coreference resolution based on entity-centric, precision-ranked rules", section 3. Every join carries the name of the
rule that made it into its chain.
"""

from collections.abc import Callable, Sequence

from kgbuild.extract.coreference.clusters import Clusters
from kgbuild.extract.coreference.context import Context, sentence_numbers
from kgbuild.extract.coreference.names import (
    agree_on_acronyms,
    agree_on_types,
    join_acronyms,
    join_aliases,
    join_compass_points,
    join_first_words,
    join_misspelt_names,
    join_partial_acronyms,
    join_same_names,
    join_short_names,
    leave_shared_names,
)
from kgbuild.extract.coreference.nominals import (
    join_appositions,
    join_countries,
    join_institutions,
    join_named_kinds,
    join_own_countries,
    join_roles,
    share_parties,
)
from kgbuild.extract.coreference.pronouns import resolve_pronouns
from kgbuild.extract.coreference.repeated import (
    join_described_persons,
    join_heads_of_names,
    join_repeated_nominals,
    join_repeated_persons,
    join_same_offices,
)
from kgbuild.extract.coreference.retold import join_retold
from kgbuild.model import Chain

__all__ = [
    "PASSES",
    "Clusters",
    "Context",
    "agree_on_acronyms",
    "agree_on_types",
    "leave_shared_names",
    "resolve_coreference",
    "sentence_numbers",
]

PASSES: Sequence[Callable[[Context], None]] = (
    join_compass_points,
    join_same_names,
    join_acronyms,
    join_partial_acronyms,
    join_aliases,
    join_first_words,
    join_short_names,
    join_misspelt_names,
    join_appositions,
    join_named_kinds,
    join_institutions,
    join_roles,
    join_countries,
    share_parties,
    join_same_offices,
    join_described_persons,
    join_repeated_persons,
    join_heads_of_names,
    join_retold,
    join_repeated_nominals,
    resolve_pronouns,
    join_own_countries,
    join_institutions,  # once more: `its armed forces` waits for `its`
)


def resolve_coreference(context: Context) -> tuple[Chain, ...]:
    """Run all passes in their order and give the chains, in text order."""
    for one in PASSES:
        one(context)
    return context.clusters.chains()
