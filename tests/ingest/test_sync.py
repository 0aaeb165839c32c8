"""What a sync does to the index: added, replaced, removed, skipped; and what it reports."""

import json
from pathlib import Path

import pytest

from ingest.build import vector_texts
from ingest.index import open_index
from ingest.sync import read_document
from tests.ingest.conftest import CYCLES, Workplace, note


def test_a_first_sync_builds_an_index_that_can_be_asked(filled: Workplace) -> None:
    seen: list[str] = []
    report = filled.sync(progress=lambda step, done, total: seen.append(step))
    assert (
        report.built
        and sorted(report.added) == ["afwezig", "fiets"]
        and not (report.replaced or report.removed or report.skipped or report.failed)
    )
    assert [(row["id"], row["present"], row["notes"]) for row in report.documents] == [("afwezig", False, 1), ("fiets", True, 1)]
    assert {"read", "passages", "claims", "questions"} <= set(seen)
    index = open_index(filled.data, "fake-1")
    assert index.fingerprint == report.fingerprint and index.store.sources() == ["afwezig", "fiets"]
    vector = filled.embedder.queries(["Weesfietsen worden geteld."])[0]
    assert index.vectors.nearest("claims", vector, 1)[0][1] == "fiets#1"
    index.close()


def test_every_vector_finds_itself(served: Workplace) -> None:
    index = open_index(served.data, "fake-1")
    documents = [d for n in index.store.sources() if (d := index.store.document(n))]
    for collection, rows in vector_texts(documents).items():
        assert len(rows) == index.vectors.count(collection) > 0
        for name, owner, _, text in rows:
            found = index.vectors.nearest(collection, served.embedder.queries([text])[0], 1)[0]
            assert found[:2] == (name, owner) and found[2] == pytest.approx(1, abs=1e-4)
    index.close()


def test_passages_of_an_absent_document_are_found_by_claims_only(filled: Workplace) -> None:
    rows = vector_texts([read_document(filled.entry("afwezig"))[0]])
    assert rows["passages"] == [] and len(rows["claims"]) == 2 and len(rows["questions"]) == 2


def test_a_second_sync_skips_everything_and_loads_no_model(filled: Workplace) -> None:
    first = filled.sync()
    before = filled.current

    def refuse() -> None:
        raise AssertionError("the model is not needed")

    second = filled.sync(load=refuse)
    assert not second.built and sorted(second.skipped) == ["afwezig", "fiets"] and second.added == []
    assert second.fingerprint == first.fingerprint and filled.current == before
    assert [row["id"] for row in second.documents] == ["afwezig", "fiets"]


def test_the_fingerprint_depends_on_content_only(filled: Workplace) -> None:
    first = filled.sync().fingerprint
    assert filled.sync(rebuild=True).fingerprint == first
    filled.file("fiets.txt", CYCLES + " En meer.")
    assert filled.sync().fingerprint != first


def test_changed_added_and_removed_documents_are_counted(served: Workplace) -> None:
    served.file("fiets.txt", CYCLES + "\n\nEr kwam een zin bij.")
    served.file("nieuw.md", "# Nieuw\n\nEen eigen stuk.")
    report = served.sync()
    assert (report.replaced, report.added, report.removed, report.skipped) == (["fiets"], ["nieuw"], [], ["afwezig"])
    (served.documents / "nieuw.md").unlink()
    served.record("afwezig", [note("4.1", nl="Een andere bewering.")])
    report = served.sync()
    assert (report.replaced, report.added, report.removed, report.skipped) == (["afwezig"], [], ["nieuw"], ["fiets"])


def test_only_what_changed_is_embedded_again(served: Workplace) -> None:
    served.embedder.embedded.clear()
    served.record("afwezig", [note("4.1", nl="Een andere bewering.")])
    served.sync()
    assert served.embedder.embedded == ["Een andere bewering."]


def test_a_document_that_goes_is_served_from_its_notes(served: Workplace) -> None:
    (served.documents / "fiets.txt").unlink()
    assert served.sync().replaced == ["fiets"]
    index = open_index(served.data, "fake-1")
    found = index.store.document("fiets")
    assert found is not None and not found.present and found.passages[0].basis == "notes"
    index.close()


def test_a_dry_run_changes_nothing(filled: Workplace) -> None:
    report = filled.sync(dry_run=True)
    assert sorted(report.added) == ["afwezig", "fiets"] and not report.built and not (filled.data / "current").exists()


def test_a_record_with_neither_file_nor_notes_is_no_reason_to_build_again(filled: Workplace) -> None:
    filled.record("leeg")
    filled.sync()
    assert not filled.sync().built


def test_lost_notes_and_a_changed_file_are_reported(place: Workplace) -> None:
    place.record("fiets", [note("1", "weesfietsen"), note("2", "staat nergens")], sha256="0" * 64)
    place.file("fiets.txt", CYCLES)
    report = place.sync()
    assert report.lost_notes == {"fiets": ["fiets#2 (§2, 'staat nergens')"]}
    assert "differs" in str(report.documents[0]["warnings"])


def test_title_and_author_of_ones_own_file_come_from_the_file(place: Workplace) -> None:
    place.file("pagina.html", "<title>Mooie titel</title><p>Een zin.</p>")
    document, _ = read_document(place.entry("pagina"))
    assert document.source.title == "Mooie titel"


def test_files_added_by_a_user_lie_in_the_data_folder(filled: Workplace) -> None:
    added = filled.data / "added"
    added.mkdir(parents=True)
    (added / "eigen.txt").write_text("Een eigen zin.")
    assert "eigen" in filled.sync().added


def test_an_empty_corpus_makes_an_empty_index(place: Workplace) -> None:
    report = place.sync()
    assert report.built and report.documents == []
    open_index(place.data, "fake-1").close()


def test_the_manifest_says_what_it_was_made_of(served: Workplace) -> None:
    manifest = json.loads((served.data / "generations" / served.current / "manifest.json").read_text())
    assert manifest["recipe"]["embedding"] == "fake-1" and set(manifest["documents"]) == {"afwezig", "fiets"}
    assert all((Path(served.data) / "generations" / served.current / name).is_file() for name in manifest["files"])
