"""What is held of a thing."""

from kgbuild.model import EntityType
from kgbuild.resolve import things
from kgbuild.resolve.summaries import Told
from kgbuild.resolve.things import Thing


def test_a_thing_that_a_thousand_articles_name_holds_one_count():
    told = Told("country:xx", EntityType.COUNTRY, 3, (("Xland", 3),), "", (), (), (), ())
    known = things._few.cache_info().currsize
    thing = Thing(told.key, told)
    for _ in range(999):
        thing.hear(told)
    assert thing.types == (EntityType.COUNTRY, 3000)
    assert thing.spellings == {"Xland": 3000}
    assert things._few.cache_info().currsize - known <= things._MANY, "sums on the way are kept by nobody"
