"""Screen: what is not a question to these documents gets its own status before anything is searched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.messages import message
from assistant.records import Answer
from assistant.retrieval.language import detect
from assistant.state import State, Tools

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f]")
_OVERRIDE = re.compile(
    r"(ignor\w+|disregard|forget|negeer|vergeet|sla)\b.{0,40}\b(instruct\w+|instructies?|opdracht\w*|regels|rules|"
    r"prompt|above|hierboven|eerder\w*|previous)"
    r"|system ?prompt|systeemprompt|(your|je|jouw|uw) (hidden |geheime |verborgen )?(instructions|instructies|prompt)\b"
    r"|\b(you are now|je bent nu|jij bent nu|doe alsof|pretend|act as|roleplay|jailbreak|developer mode|DAN mode)\b"
    r"|\b(antwoord|zeg|answer|say|reply|respond|print|herhaal|repeat)\b.{0,25}\b(alleen|only|exactly|precies)\b.{0,15}['\"“‘]"
    r"|<\/?(system|assistant|user|instructions?)>|\[/?INST\]|###\s*(system|instruction)",
    re.I,
)
_CHAT = re.compile(
    r"^\W*((hallo|hoi|hey|hi|hello|dag|goede?(morgen|middag|navond)|good (morning|afternoon|evening)|bedankt|dank(je|"
    r" je| u)?( wel)?|thanks?( you)?|thank you.*|"
    r"doei|tot ziens|bye|ok(é|ay)?|top|super|mooi|test|how are you.*|hoe gaat het( met (je|jou|u))?( vandaag)?|"
    r"wie ben (je|jij|u)|who are you|wat ben jij|what are you|wat kun je|what can you do|"
    r"ben je een (robot|mens|ai).*|are you (a |an )?(robot|human|ai|bot).*|vertel (me )?een (mop|grap).*|"
    r"tell (me )?a joke.*|leuk|nice|cool|yes|no|ja|nee)\W*)+$",
    re.I,
)


def clean(text: str) -> str:
    """Return a text as it is read: composed letters, no control or invisible characters, no white space around it."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def is_override(text: str) -> bool:
    """True when a text tries to change the assistant's task."""
    return bool(_OVERRIDE.search(text))


def is_chat(text: str) -> bool:
    """True when a text is a greeting or small talk and nothing else."""
    return bool(_CHAT.match(text))


def screen(state: State, tools: Tools) -> State | Answer:
    """Clean the question; answer greetings and refuse attempts to change the assistant's task."""
    question = clean(state.question)
    state = replace(state, question=question)
    language = state.wanted or detect(question, detect(state.history[-1].question) if state.history else "nl")
    spoken = replace(state, wanted=language)
    if not re.search(r"\w", question):
        return spoken.closed("unclear", message("empty", language))
    if is_override(question):
        return spoken.closed("refused", message("refused", language))
    if is_chat(question):
        return spoken.closed("out_of_scope", message("chitchat", language))
    return state
