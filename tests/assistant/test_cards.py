from __future__ import annotations

import copy

from assistant.advise.cards import Cards
from assistant.advise.knowledge import Places, load_knowledge
from assistant.citations import Citer
from assistant.service import Wijzer


def test_what_is_said_of_one_barrier_goes_before_what_is_said_of_the_strategy(wijzer: Wijzer) -> None:
    index = wijzer.tools.index
    knowledge = load_knowledge(wijzer.settings.corpus / "frameworks")
    cards = Cards(knowledge, Places(index))
    relation = copy.deepcopy(next(r for rows in knowledge.relations.values() for r in rows if cards.can_show(r)))
    own = {key: {"nl": f"{key} hier", "en": f"{key} here"} for key in ("advice", "firstStep", "limits", "notWhen")}
    card = cards.card(relation | own, "nl", Citer(index, "nl"))
    assert card and (card.advice, card.first_step, card.limits) == ("advice hier", "firstStep hier", "limits hier notWhen hier")
    bare = {key: value for key, value in relation.items() if key not in ("advice", "firstStep", "notWhen")}
    card, strategy = cards.card(bare, "en", Citer(index, "en")), knowledge.strategies[relation["strategy"]]
    assert card and (card.advice, card.first_step) == (strategy["advice"]["en"], strategy["firstStep"]["en"])
    assert card.limits == relation["limits"]["en"]
