"""RDF into a store: what a dump held, whatever its format; and why a file holds none."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import dump, load
from kg.errors import KgError, UsageError
from kg.stores import generations


def loaded(place: Path, *files: Path, format_: str | None = None) -> ox.Store:
    with generations.begin(place) as draft:
        load.load(files, draft, format_)
        draft.publish({})
    return generations.open_store(place)


@pytest.fixture
def dumped(little_store: ox.Store, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return a function that dumps the little store to a file of a given name."""

    def write(format_: str, name: str) -> Path:
        with (tmp_path / name).open("wb") as out:
            dump.dump(little_store, out, format_)
        return tmp_path / name

    return write


@pytest.mark.parametrize(("format_", "name"), [("nquads", "all.nq"), ("trig", "all.trig"), ("nquads", "ALL.NQ")])
def test_dump_of_all_graphs_comes_back_whole(
    dumped, little_store: ox.Store, tmp_path: Path, format_: str, name: str
) -> None:  # type: ignore[no-untyped-def]
    assert set(loaded(tmp_path / "store", dumped(format_, name))) == set(little_store)


@pytest.mark.parametrize("given", ["nquads", "nq", ".nq", "NQ"])
def test_format_is_given_by_name_or_suffix(dumped, little_store: ox.Store, tmp_path: Path, given: str) -> None:  # type: ignore[no-untyped-def]
    assert len(loaded(tmp_path / "store", dumped("nquads", "all.txt"), format_=given)) == len(little_store)


def test_other_formats_of_rdf_are_read(tmp_path: Path) -> None:
    xml = tmp_path / "a.rdf"
    xml.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/"><rdf:Description rdf:about="https://example.org/a"><e:b>c</e:b></rdf:Description></rdf:RDF>',
        encoding="utf-8",
    )
    json = tmp_path / "a.jsonld"
    json.write_text('{"@id": "https://example.org/a", "https://example.org/b": "d"}', encoding="utf-8")
    found = loaded(tmp_path / "store", xml, json)
    assert sorted(q.object.value for q in found if isinstance(q.object, ox.Literal)) == ["c", "d"]


def test_store_holds_exactly_what_was_loaded_last(dumped, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    loaded(tmp_path / "store", dumped("nquads", "all.nq"))
    one = tmp_path / "one.nt"
    one.write_text('<https://example.org/a> <https://example.org/b> "c" .\n', encoding="utf-8")
    assert len(loaded(tmp_path / "store", one)) == 1


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("a.ttl", "a b c", KgError, "a.ttl is not Turtle: .* line 1"),
        (
            "a.nt",
            '<https://example.org/a> <https://example.org/b> "c" .\n<a',
            KgError,
            "a.nt is not N-Triples: .* line 2",
        ),
        ("a.jsonld", "{", KgError, "a.jsonld is not JSON-LD"),
        ("a.ttl", "# nothing", KgError, "the files hold no RDF; the store is as it was"),
        ("a.doc", "", UsageError, "no RDF format is known by .doc; give --format"),
        ("a", "", UsageError, "no RDF format is known by no suffix"),
    ],
)
def test_file_that_holds_none(tmp_path: Path, name: str, text: str, error: type[KgError], words: str) -> None:
    one = tmp_path / "one.nt"
    one.write_text('<https://example.org/a> <https://example.org/b> "c" .\n', encoding="utf-8")
    loaded(tmp_path / "store", one)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words) as caught:
        loaded(tmp_path / "store", tmp_path / name)
    assert "\n" not in str(caught.value)
    assert len(generations.open_store(tmp_path / "store")) == 1


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be read: No such file"):
        loaded(tmp_path / "store", tmp_path / "gone.ttl")
