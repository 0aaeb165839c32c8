import pytest

from assistant.retrieval.named import Named
from ingest.records import Source

SOURCES = (
    Source("jansen-2015", "Sturen", "P.R. Jansen", 2015, "masterscriptie", about=("Utrecht",)),
    Source("naamloos-2021", "Vermogen", "Auteur niet genoemd", 2021, "masterscriptie", about=("Amsterdam", "Rotterdam")),
    Source("pieters-2019", "Digitaal", "Q. Pieters", 2019, "hoofdstuk"),
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Wat zegt Jansen over bureaucratie?", {"jansen-2015": 1.0}),
        ("Which gap did the thesis on Amsterdam and Rotterdam fill?", {"naamloos-2021": 1.0}),
        ("Wat is de conclusie van de tweede scriptie?", {"naamloos-2021": 1.0}),
        ("What does the first thesis conclude?", {"jansen-2015": 1.0}),
        ("Hoe zijn de scripties opgezet, en wat zegt het hoofdstuk?", {"pieters-2019": 1.0}),
        ("Hoe is het onderzoek in de scriptie gedaan?", {"jansen-2015": 1.0, "naamloos-2021": 1.0}),
        ("Wat ging er mis in Utrecht?", {"jansen-2015": 0.5}),
        ("Wat is het verschil tussen Utrecht en Rotterdam?", {}),
        ("Who is the author?", {}),
        ("Hoe krijg ik mijn chef mee?", {}),
    ],
)
def test_documents_named_in_a_question(question: str, named: dict[str, float]) -> None:
    assert dict(Named(SOURCES)(question)) == named
