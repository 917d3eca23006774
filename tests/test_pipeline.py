"""The stages are joined rightly: with a stand-in for the language model, all else is real."""

import pytest

from kgbuild import pipeline
from kgbuild.errors import CrashError, KgbuildError
from kgbuild.export import export
from kgbuild.rdf import DEFAULT_BASE


@pytest.mark.usefixtures("stand_in")
class TestBuild:
    def test_articles_become_one_checked_graph(self, news):
        built = pipeline.build([news])
        assert built.report.conforms, built.report.to_text()
        assert built.graph == built.assembled
        assert (built.counts.files, built.counts.articles, built.counts.mentions) == (2, 2, 3)
        assert built.counts.entities == 2, "Anna Berg is one person over both articles"
        assert built.counts.held_back == 0
        assert [entity.label for entity in built.resolution.entities.values()] == ["Anna Berg", "Jón Arnarson"]
        assert b'skos:prefLabel "Anna Berg"' in export(built.graph, "turtle")

    def test_order_of_the_files_does_not_matter(self, news):
        files = sorted(news.iterdir())
        forward, backward = (pipeline.build(paths).graph for paths in (files, files[::-1]))
        assert forward == backward
        assert export(forward, "trig") == export(backward, "trig")

    def test_every_stage_is_timed_and_progress_is_told(self, news):
        told = []
        built = pipeline.build([news], progress=lambda *step: told.append(step))
        assert told == [("extract", 1, 2), ("extract", 2, 2)]
        assert [name for name, _ in built.seconds] == [
            "knowledge", "read", "extract", "interpret", "assemble", "validate",
        ]  # fmt: skip
        assert all(seconds >= 0 for _, seconds in built.seconds)

    def test_things_are_minted_under_the_base(self, news):
        built = pipeline.build([news], base="https://example.org/news")
        assert built.graph.base == "https://example.org/news/"
        assert DEFAULT_BASE.encode() not in export(built.graph, "nquads")

    @pytest.mark.parametrize("base", ["", "news", "https://a b/", "<https://e/>", "https://"])
    def test_base_that_is_no_iri_is_refused(self, news, base):
        with pytest.raises(KgbuildError, match="no absolute IRI"):
            pipeline.build([news], base=base)

    def test_file_that_cannot_be_read_costs_only_itself(self, news):
        (news / "c.txt").write_bytes(b"caf\xe9 is no UTF-8 at all, is it")
        built = pipeline.build([news])
        assert built.counts.articles == 2
        (failure,) = built.failures
        assert "c.txt" in str(failure)

    def test_nothing_readable_gives_an_empty_graph_and_says_why(self, tmp_path):
        built = pipeline.build([tmp_path / "no-such.txt"])
        assert built.counts.articles == 0
        assert export(built.graph, "nquads") == b""
        assert "no-such.txt" in str(built.failures[0])

    def test_our_own_fault_rises_with_the_name_of_the_article(self, news):
        (news / "c.txt").write_text("CRASH is what this article says and it does so.\n")
        with pytest.raises(CrashError, match=r"c\.txt") as raised:
            pipeline.build([news])
        assert "ValueError: cannot read this" in str(raised.value)

    def test_our_own_fault_is_counted_when_asked_to_keep_going(self, news):
        expected = pipeline.build([news]).graph
        (news / "c.txt").write_text("CRASH is what this article says and it does so.\n")
        built = pipeline.build([news], keep_going=True)
        assert built.graph == expected
        assert [failure.source_file for failure in built.failures] == ["c.txt"]

    def test_fault_in_interpretation_leaves_no_trace_of_its_article(self, news, monkeypatch):
        expected = pipeline.build([news]).graph
        (news / "c.txt").write_text("Anna Sund fell ill last week and stayed at home then.\n")
        real = pipeline.interpret

        def fail_on_c(document, *rest):
            if document.source_file == "c.txt":
                raise KeyError("lost")
            return real(document, *rest)

        monkeypatch.setattr(pipeline, "interpret", fail_on_c)
        with pytest.raises(CrashError, match=r"c\.txt"):
            pipeline.build([news])
        built = pipeline.build([news], keep_going=True)
        assert built.graph == expected
        assert [failure.reason for failure in built.failures] == ["KeyError: 'lost'"]

    def test_what_violates_the_shapes_is_held_back(self, news, monkeypatch):
        real = pipeline.assemble

        def assemble_wrongly(*arguments):
            graph = real(*arguments)
            label = next((t for t in graph.shared if t.object.value == "Jón Arnarson"), None)
            return type(graph)(
                graph.base, graph.articles, tuple(t for t in graph.shared if t != label), graph.statements
            )

        monkeypatch.setattr(pipeline, "assemble", assemble_wrongly)
        built = pipeline.build([news])
        assert not built.report.conforms
        assert built.counts.held_back > 0
        written = export(built.graph, "nquads").decode()
        assert "Anna_Berg" in written
        assert "Arnarson" not in written.replace("Jón Arnarson about", "")
