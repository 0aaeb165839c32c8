from assistant.pipeline import STEPS
from assistant.service import Wijzer
from evals.faults import faults, sound
from tests.evals.test_run import CASES


def test_the_verifier_catches_what_is_spoiled_and_without_it_nothing_does(wijzer: Wijzer) -> None:
    assert faults(wijzer, CASES) == {c.id: {"caught": 1.0} for c in CASES}
    bare = Wijzer(wijzer.settings, wijzer.embedder, steps=[s for s in STEPS if s.__name__ != "verify"])
    assert faults(bare, CASES) == {c.id: {"caught": 0.0} for c in CASES}


def test_a_question_that_gets_no_answer_has_nothing_to_spoil(wijzer: Wijzer) -> None:
    assert faults(wijzer, [CASES[0].model_copy(update={"id": "x", "question": "hallo"})]) == {}


def test_sound_answers(wijzer: Wijzer) -> None:
    answer = wijzer.answer(CASES[0].question)
    assert answer.statements and sound(answer, wijzer.tools)
    citation = answer.citations[0]
    for spoiled in (
        answer.model_copy(update={"citations": (citation.model_copy(update={"quote": citation.quote + "x"}), *answer.citations[1:])}),
        answer.model_copy(update={"citations": ()}),
        answer.model_copy(update={"statements": (answer.statements[0].model_copy(update={"citations": ()}),)}),
    ):
        assert not sound(spoiled, wijzer.tools)
