import pytest

from ingest.chunk import MOST_WORDS, passages
from ingest.records import Block, Passage
from ingest.structure import build

H1 = Block("heading", "Een", 1, "1")
H2 = Block("heading", "Twee", 1, "2")


def words(n: int, start: str = "Woord") -> str:
    return " ".join([start] + ["woord"] * (n - 2) + ["einde."]) if n > 1 else start


def para(n: int = 20, start: str = "Woord") -> Block:
    return Block("paragraph", words(n, start))


def cut(*blocks: Block) -> tuple[str, list[Passage]]:
    text, sections, placed = build(list(blocks), "Titel", "stuk")
    found = passages(text, sections, placed, "stuk")
    assert all(p.text == text[p.start : p.end] for p in found)
    assert len({p.id for p in found}) == len(found)
    return text, found


def test_ids_name_source_section_and_number() -> None:
    _, found = cut(H1, para(150), para(150), H2, para())
    assert [p.id for p in found] == ["stuk:1:1", "stuk:1:2", "stuk:2:1"]
    assert found[0].path == ("1 Een",) and found[0].title == "1 Een"


def test_a_heading_belongs_to_the_first_passage_under_it() -> None:
    _, found = cut(H1, para(150), para(150))
    assert found[0].text.startswith("Een\n\n") and not found[1].text.startswith("Een")


def test_passages_never_cross_sections() -> None:
    _, found = cut(H1, para(5), H2, para(5))
    assert [p.section for p in found] == ["1", "2"]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    _, found = cut(H1, Block("paragraph", " ".join(words(25) for _ in range(20))))
    assert len(found) >= 3
    assert all(p.text.endswith("einde.") and len(p.text.split()) <= MOST_WORDS + 40 for p in found)


def test_one_endless_sentence_is_kept_whole() -> None:
    text, found = cut(H1, Block("paragraph", "woord " * 399 + "woord"))
    assert len(found) == 1 and found[0].end == len(text)


def test_a_list_stays_with_its_lead_in() -> None:
    lead = Block("paragraph", words(160)[:-1] + ":")
    _, found = cut(H1, lead, Block("item", "• eerste punt"), para(150))
    assert found[0].text.endswith("• eerste punt")


def test_a_short_tail_joins_the_passage_before_it() -> None:
    _, found = cut(H1, para(160), para(10))
    assert len(found) == 1


def test_a_table_has_a_passage_of_its_own_with_its_caption() -> None:
    _, found = cut(H1, para(80), Block("caption", "Tabel 1: Kosten"), Block("table", "Post\tBedrag\nHuur\t10"), para(80))
    assert [p.kind for p in found] == ["text", "table", "text"]
    assert found[1].text == "Tabel 1: Kosten\n\nPost\tBedrag\nHuur\t10"


def test_a_long_table_is_cut_between_rows_and_keeps_caption_and_header_as_context() -> None:
    rows = ["Post\tUitleg"] + [f"rij {i}\t" + words(30) for i in range(12)]
    _text, found = cut(H1, Block("caption", "Tabel 2: Lang"), Block("table", "\n".join(rows)))
    assert len(found) >= 3 and all(p.kind == "table" for p in found)
    assert found[0].context == "" and "Tabel 2: Lang" in found[0].text
    assert all(p.context == "Tabel 2: Lang\nPost\tUitleg" for p in found[1:])
    assert all(sum(row in p.text for p in found) == 1 for row in rows[1:])
    assert all(p.text.split("\n")[0].startswith("rij ") for p in found[1:])


@pytest.mark.parametrize("kind", ["contents", "literature"])
def test_contents_and_literature_are_no_passages(kind: str) -> None:
    _, found = cut(H1, Block(kind, "1.1 Aanleiding 11"), para(10))  # type: ignore[arg-type]
    assert [p.text for p in found] == [words(10)]
    _, only = cut(H1, Block(kind, "1.1 Aanleiding 11"))  # type: ignore[arg-type]
    assert only == []


def test_footnotes_are_apart_from_the_text() -> None:
    _, found = cut(H1, para(30), Block("footnote", "1 Zie Jansen."), Block("footnote", "2 Zie Pietersen."))
    assert [p.kind for p in found] == ["text", "footnote"]


def test_a_literature_section_has_no_passages() -> None:
    _, found = cut(H1, para(), Block("heading", "Literatuur", 1), para())
    assert {p.section for p in found} == {"1"}


def test_the_page_is_that_of_the_first_block() -> None:
    _, found = cut(Block("heading", "Een", 1, "1", page=3), Block("paragraph", words(160), page=3), Block("paragraph", words(160), page=4))
    assert [p.page for p in found] == [3, 4]


def test_same_blocks_same_passages() -> None:
    blocks = (H1, para(150), para(150), H2, para())
    assert cut(*blocks) == cut(*blocks)


def test_a_quote_goes_with_the_sentence_that_announces_it() -> None:
    lead = f"{words(70)} {words(70)} Een adviseur vertelde wat dat inhoudt:"
    quote = Block("paragraph", f"“{words(80, 'Wij')}” (R9).")
    _, found = cut(H1, Block("paragraph", lead), quote, para(100))
    assert not found[0].text.endswith(":") and found[0].text.endswith("einde.")
    assert found[1].text.startswith("Een adviseur vertelde wat dat inhoudt:\n\n“Wij") and found[1].text.endswith("(R9).\n\n" + words(100))


def test_a_long_list_goes_with_the_sentence_that_announces_it() -> None:
    _, found = cut(H1, Block("paragraph", f"{words(150)} Er zijn twee wegen:"), Block("item", f"• {words(90)}"), para(100))
    assert found[1].text.startswith("Er zijn twee wegen:\n\n• Woord")
    _, apart = cut(H1, Block("paragraph", f"{words(80)} {words(80)[:-1]}:"), Block("item", f"• {words(200)}"), para(100))
    assert [p.text[:5] for p in apart][1:2] == ["• Woo"]  # together they would be far too long


@pytest.mark.parametrize("who", ["(Respondent 4, adviseur)", "– wethouder in een middelgrote stad", "[Projectleider]"])
def test_who_spoke_stays_with_the_quote(who: str) -> None:
    kind = "item" if who.startswith("–") else "paragraph"
    _, found = cut(H1, para(60), Block("paragraph", f"“{words(155, 'Wij')}”"), Block(kind, who), para(100))  # type: ignore[arg-type]
    assert found[0].text.endswith(f"”\n\n{who}") and found[1].text == words(100)
    _, plain = cut(H1, para(215), Block(kind, who), para(100))  # type: ignore[arg-type]
    assert who not in plain[0].text  # what stands below no quote names no speaker


def test_a_long_text_in_brackets_below_a_quote_names_no_speaker() -> None:
    _, found = cut(H1, para(60), Block("paragraph", f"“{words(155, 'Wij')}”"), para(60, "(Woord"), para(100))
    assert found[0].text.endswith("”") and found[1].text.startswith("(Woord")


def test_a_long_paragraph_is_not_cut_within_a_quote() -> None:
    quote = f"Zij zei: ‘{words(40, 'Wij')} {words(40, 'Dan')} {words(15, 'Zo’n')[:-1]}.’"
    _, found = cut(H1, Block("paragraph", f"{words(100)} {quote} {words(80, 'Daarna')}"))
    assert [p.text.count("‘") for p in found] == [p.text.count(".’") for p in found] and len(found) > 1
