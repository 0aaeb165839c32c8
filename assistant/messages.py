"""Every fixed text a user reads, in Dutch and English, in one place. A test holds both languages to the same keys."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.messages_labels import LABELS
from assistant.messages_plan import PLAN
from assistant.records import Language

TEXTS: dict[str, dict[str, str]] = {
    "not_in_sources": {
        "nl": "Dit staat niet in deze documenten. Je ziet wel de passages die er het dichtst bij komen. Noem een gemeente, "
        "project of onderwerp, of stel de vraag anders.",
        "en": "This is not in these documents. You do see the passages that come closest. Name a municipality, project or topic, "
        "or put the question differently.",
    },
    "partial": {
        "nl": "Het precieze antwoord staat misschien niet in deze documenten. Dit komt er het dichtst bij; lees de passages na.",
        "en": "The exact answer may not be in these documents. This comes closest; read the passages to check.",
    },
    "by_words": {
        "nl": "Er is nu alleen op woorden gezocht, want een deel van de index is even niet bereikbaar. Dit komt er het dichtst bij; "
        "lees de passages na, of stel de vraag later nog eens.",
        "en": "Only words were searched, because a part of the index cannot be reached at the moment. This comes closest; read the "
        "passages to check, or ask again later.",
    },
    "not_by_words": {
        "nl": "Op woorden is hier niets over gevonden, en een deel van de index is even niet bereikbaar. Je ziet wel wat er het "
        "dichtst bij komt. Stel de vraag later nog eens, of gebruik andere woorden.",
        "en": "Nothing was found on this by its words, and a part of the index cannot be reached at the moment. You do see what comes "
        "closest. Ask again later, or use other words.",
    },
    "missing_name": {
        "nl": "Over {name} staat niets in deze documenten. Je ziet wel wat er het dichtst bij komt.",
        "en": "These documents say nothing about {name}. You do see what comes closest.",
    },
    "out_of_scope": {
        "nl": "Ik beantwoord alleen vragen over innovatie bij gemeenten, uit de documenten die hier zijn ingelezen. "
        "Stel een vraag over wat innovatie tegenhoudt of wat helpt.",
        "en": "I only answer questions about innovation in municipalities, from the documents that were added here. "
        "Ask what holds innovation back or what helps.",
    },
    "chitchat": {
        "nl": "Hallo. Stel een vraag over innovatie bij gemeenten, bijvoorbeeld: wat houdt innovatie tegen, of wat werkte in Utrecht?",
        "en": "Hello. Ask a question about innovation in municipalities, for example: what holds it back, or what worked in Utrecht?",
    },
    "refused": {
        "nl": "Aan dit verzoek werk ik niet mee. Ik geef alleen antwoorden uit de documenten. Stel een vraag over innovatie bij gemeenten.",
        "en": "I do not carry out this request. I only give answers from the documents. Ask a question about innovation in municipalities.",
    },
    "unclear": {
        "nl": "Ik weet niet zeker wat je bedoelt. Noem het onderwerp erbij, bijvoorbeeld een gemeente, een project of een belemmering.",
        "en": "I am not sure what you mean. Add the topic, for example a municipality, a project or a barrier.",
    },
    "error": {
        "nl": "Het beantwoorden is niet gelukt. Probeer het opnieuw; blijft het misgaan, meld het dan bij de beheerder.",
        "en": "Answering failed. Please try again; if it keeps failing, tell the administrator.",
    },
    "empty": {"nl": "Stel een vraag.", "en": "Ask a question."},
    "too_long": {
        "nl": "De vraag is te lang: gebruik ten hoogste {most} tekens.",
        "en": "The question is too long: use at most {most} characters.",
    },
    "control": {
        "nl": "De tekst bevat stuurtekens. Haal ze weg en probeer het opnieuw.",
        "en": "The text holds control characters. Remove them and try again.",
    },
    "bad_json": {"nl": "De aanvraag is geen geldige JSON.", "en": "The request is not valid JSON."},
    "invalid": {"nl": "De aanvraag klopt niet. Zie de fouten hieronder.", "en": "The request is not right. See the errors below."},
    "not_found": {"nl": "Deze pagina of passage bestaat niet.", "en": "This page or passage does not exist."},
    "no_index": {
        "nl": "Er is nog geen index van de documenten. Voer eerst `wijzer ingest` uit.",
        "en": "There is no index of the documents yet. Run `wijzer ingest` first.",
    },
    "no_vectors": {
        "nl": "Een deel van de index is even niet bereikbaar. Probeer het over een minuut opnieuw; blijft het misgaan, meld het dan "
        "bij de beheerder.",
        "en": "A part of the index cannot be reached at the moment. Try again in a minute; if it keeps failing, tell the administrator.",
    },
    "summarised": {
        "nl": "Samengevat uit {section}; voeg het document toe voor de letterlijke passage.",
        "en": "Summarised from {section}; add the document for the exact passage.",
    },
    "no_model": {
        "nl": "Er is geen taalmodel ingesteld; dit antwoord is in de citaatmodus gemaakt.",
        "en": "No language model has been set; this answer was made in quote mode.",
    },
    "without_model": {
        "nl": "Dit antwoord is in de citaatmodus gemaakt, want {why}.",
        "en": "This answer was made in quote mode: {why}.",
    },
    "advice_without_model": {
        "nl": "De aanpakken staan in onze eigen woorden, want {why}.",
        "en": "The approaches are in our own words: {why}.",
    },
    "why_none": {"nl": "er is geen taalmodel ingesteld", "en": "no language model has been set"},
    "why_slow": {"nl": "het taalmodel was niet op tijd klaar", "en": "the language model was not ready in time"},
    "why_unreachable": {"nl": "het taalmodel is niet bereikbaar", "en": "the language model cannot be reached"},
    "why_failed": {"nl": "het taalmodel gaf een fout", "en": "the language model failed"},
    "why_settings": {
        "nl": "het taalmodel is niet goed ingesteld; de beheerder kan dat nakijken met `wijzer models`",
        "en": "the language model is not set up right; the administrator can check it with `wijzer models`",
    },
    "why_busy": {"nl": "het taalmodel heeft het te druk", "en": "the language model is too busy"},
    "why_cut": {"nl": "het taalmodel brak halverwege af", "en": "the language model broke off halfway"},
    "why_long": {"nl": "het taalmodel hield niet op met schrijven", "en": "the language model did not stop writing"},
    "why_empty": {"nl": "het taalmodel gaf een leeg antwoord", "en": "the language model gave an empty answer"},
    "why_refused": {"nl": "het taalmodel weigerde te antwoorden", "en": "the language model refused to answer"},
    "why_stopped": {"nl": "het schrijven is gestopt", "en": "the writing was stopped"},
    "why_language": {"nl": "het taalmodel schreef in een andere taal", "en": "the language model wrote in another language"},
    "why_unsupported": {
        "nl": "wat het taalmodel schreef, staat niet in de passages",
        "en": "what the language model wrote is not in the passages",
    },
    "why_no_answer": {
        "nl": "het taalmodel vond in deze passages geen antwoord; lees ze na",
        "en": "the language model found no answer in these passages; read them to check",
    },
    "left_out": {
        "nl": "{n} zinnen van het taalmodel zijn weggelaten, omdat de passages ze niet dragen.",
        "en": "{n} sentences by the language model were left out, because the passages do not support them.",
    },
    "left_out_one": {
        "nl": "Een zin van het taalmodel is weggelaten, omdat de passages die niet dragen.",
        "en": "One sentence by the language model was left out, because the passages do not support it.",
    },
    "not_a_situation": {
        "nl": "Dit lijkt een vraag, geen situatie. Stel hem op de vragenpagina, of beschrijf in twee tot zes zinnen wat "
        "er op je werk gebeurt.",
        "en": "This looks like a question, not a situation. Ask it on the questions page, or describe in two to six "
        "sentences what happens at work.",
    },
    "empty_situation": {
        "nl": "Beschrijf in twee tot zes zinnen wat er op je werk gebeurt.",
        "en": "Describe in two to six sentences what happens at work.",
    },
    "question_back": {
        "nl": "Gaat het vooral om “{one}”, of eerder om “{other}”? Vul dat aan, dan past het advies beter.",
        "en": "Is it mainly about “{one}”, or rather about “{other}”? Add that, and the advice will fit better.",
    },
    "silent_part": {
        "nl": "Dit deel van wat je vertelt is niet in het advies meegenomen; stel het als losse vraag als het ertoe doet: “{part}”",
        "en": "This part of what you told was not used in the advice; ask it as a question of its own if it matters: “{part}”",
    },
    "thin_evidence": {
        "nl": "Bij “{names}” noemen de documenten zelf nauwelijks een aanpak; wat hier staat, helpt hooguit indirect.",
        "en": "For “{names}” the documents hardly name an approach themselves; what is shown here helps indirectly at most.",
    },
    "advice_limits": {
        "nl": "De voorbeelden komen uit enkele gemeenten, vooral Utrecht, Amsterdam en Rotterdam; of het bij jullie ook "
        "zo werkt, zeggen de "
        "documenten niet.",
        "en": "The examples come from a few municipalities, mainly Utrecht, Amsterdam and Rotterdam; the documents do "
        "not say whether it works "
        "the same way in yours.",
    },
    "describe": {
        "nl": "{name}: wat is dit voor document? Enter neemt wat tussen haken staat, een streepje (-) maakt het leeg.",
        "en": "{name}: what is this document? Enter takes what stands in brackets, a dash (-) leaves it empty.",
    },
    "describe_many": {
        "nl": "{n} nieuwe documenten. Van elk titel, auteur, jaar, soort en taal nalopen? (j/n)",
        "en": "{n} new documents. Go through title, author, year, kind and language of each? (y/n)",
    },
    "describe_title": {"nl": "Titel", "en": "Title"},
    "describe_author": {"nl": "Auteur", "en": "Author"},
    "describe_year": {"nl": "Jaar (vier cijfers)", "en": "Year (four digits)"},
    "describe_kind": {"nl": "Soort (rapport, scriptie, artikel, ...)", "en": "Kind (report, thesis, article, ...)"},
    "describe_language": {"nl": "Taal van het document (nl of en)", "en": "Language of the document (nl or en)"},
    "no_barrier": {
        "nl": "In deze beschrijving herken ik geen belemmering uit de documenten. Vertel wat er misgaat, wie het tegenhoudt en waarom.",
        "en": "I recognise no barrier from the documents in this description. Say what goes wrong, who holds it back and why.",
    },
}
TEXTS |= PLAN | LABELS

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def message(key: str, language: Language | str, **values: object) -> str:
    """Return a text in a language, with its values filled in."""
    return TEXTS[key]["en" if language == "en" else "nl"].format(**values)


def listed(names: Sequence[str], language: Language | str) -> str:
    """Return names as a sentence has them: a, b and c."""
    joined = ", ".join(names[:-1])
    return f"{joined} {'and' if language == 'en' else 'en'} {names[-1]}" if joined else "".join(names)


def written(day: datetime.date, language: Language | str) -> str:
    """Return a date in words: 22 november 2026."""
    return f"{day.day} {_MONTHS['en' if language == 'en' else 'nl'].split()[day.month - 1]} {day.year}"


def decimal(value: float | None, language: Language | str, signed: bool = False) -> str:
    """Return a number in tenths as it is written in a language, with a sign if asked; "" for none."""
    if value is None:
        return ""
    shown = (f"{value:+.1f}" if signed and value else f"{value:.1f}").replace("-", "−")
    return shown if language == "en" else shown.replace(".", ",")
