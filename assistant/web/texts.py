"""Every text of the pages in Dutch and English, plain words. What an answer says itself comes from `assistant.messages`."""

from __future__ import annotations

from assistant.records import Language
from assistant.web.texts_about import ABOUT
from assistant.web.texts_plan import PLAN_TEXTS

Pair = tuple[str, str]

TEXTS: dict[str, Pair] = {
    # Frame of every page
    "name": ("Innovatiewijzer", "Innovatiewijzer"),
    "tagline": ("Wat onderzoek zegt over innovatie bij gemeenten", "What research says about innovation in municipalities"),
    "skip": ("Naar de inhoud", "Skip to content"),
    "nav": ("Hoofdmenu", "Main menu"),
    "nav_ask": ("Vragen", "Ask"),
    "nav_advice": ("Advies", "Advice"),
    "nav_sources": ("Bronnen", "Sources"),
    "nav_about": ("Over", "About"),
    "other_language": ("English", "Nederlands"),
    "footer": (
        "Antwoorden worden automatisch gemaakt. Controleer de passage voordat je een antwoord gebruikt.",
        "Answers are made automatically. Check the passage before you use an answer.",
    ),
    "footer_about": ("Hoe het werkt en wat er met je vraag gebeurt", "How it works and what happens to your question"),
    # Ask
    "ask_title": ("Stel je vraag", "Ask your question"),
    "ask_h1": ("Wat wil je weten over innovatie bij gemeenten?", "What would you like to know about innovation in municipalities?"),
    "ask_lead": (
        "Je krijgt een kort antwoord uit {count} documenten. Bij elke zin kun je de passage lezen waar hij uit komt.",
        "You get a short answer from {count} documents. With every sentence you can read the passage it comes from.",
    ),
    "ask_lead_one": (
        "Je krijgt een kort antwoord uit één document. Bij elke zin kun je de passage lezen waar hij uit komt.",
        "You get a short answer from one document. With every sentence you can read the passage it comes from.",
    ),
    "question": ("Je vraag", "Your question"),
    "question_next": ("Vraag verder", "Ask on"),
    "question_hint": (
        "Enter verstuurt je vraag, Shift en Enter geeft een nieuwe regel.",
        "Enter sends your question, Shift and Enter starts a new line.",
    ),
    "send": ("Stel de vraag", "Ask"),
    "stop": ("Stop", "Stop"),
    "new": ("Begin opnieuw", "Start again"),
    "examples": ("Of kies een voorbeeld", "Or choose an example"),
    "mode_quote": (
        "Citaatmodus: antwoorden bestaan uit letterlijke passages en controleerbare samenvattingen; er is geen taalmodel bij betrokken.",
        "Quote mode: answers are made of exact passages and summaries that you can check; no language model is involved.",
    ),
    "automated": ("Dit antwoord is automatisch gemaakt.", "This answer was made automatically."),
    "written": (
        "Dit antwoord is geschreven door een taalmodel en gecontroleerd aan de passages.",
        "This answer was written by a language model and checked against the passages.",
    ),
    "conversation": ("Gesprek", "Conversation"),
    "you_asked": ("Je vroeg:", "You asked:"),
    "earlier_sources": ("Passages:", "Passages:"),
    "sources_of": ("Passages bij dit antwoord", "Passages behind this answer"),
    "nearest": ("Passages die het dichtst bij je vraag komen", "Passages that come closest to your question"),
    "follow_ups": ("Vraag door", "Ask next"),
    "error_title": ("Er klopt iets niet", "Something is not right"),
    "cut": ("Het begin van dit gesprek staat niet meer op de pagina.", "The start of this conversation is no longer on the page."),
    # Read by the script
    "status_busy": ("Antwoord wordt gezocht", "Looking for an answer"),
    "status_slow": ("Het duurt wat langer dan anders. Nog even geduld.", "This takes longer than usual. One moment please."),
    "status_done": ("Antwoord klaar, passages: {n}", "Answer ready, passages: {n}"),
    "status_no": ("Geen antwoord gevonden. Lees de toelichting.", "No answer found. Read the explanation."),
    "status_stopped": ("Gestopt. Je vraag staat er nog.", "Stopped. Your question is still there."),
    "status_offline": (
        "Geen verbinding. Controleer je netwerk en probeer het opnieuw.",
        "No connection. Check your network and try again.",
    ),
    # Citations
    "ref": ("passage {n}", "passage {n}"),
    "page": ("pagina {n}", "page {n}"),
    "page_short": ("p. {n}", "p. {n}"),
    "c_section": ("Plaats", "Place"),
    "c_page": ("Pagina", "Page"),
    "c_author": ("Auteur", "Author"),
    "c_year": ("Jaar", "Year"),
    "c_document": ("Document", "Document"),
    "c_kind": ("Soort", "Kind"),
    "c_method": ("Onderzoek", "Research"),
    "c_apa": ("Bronvermelding (APA)", "Reference (APA)"),
    "copy": ("Kopieer bronvermelding", "Copy reference"),
    "c_read": ("Lees in het document", "Read in the document"),
    "c_link": ("Vaste link naar deze passage", "Permanent link to this passage"),
    "c_quote": ("De passage", "The passage"),
    "unknown_author": ("Auteur onbekend", "Author unknown"),
    "no_year": ("z.d.", "n.d."),
    # Sources and reader
    "sources_title": ("Bronnen", "Sources"),
    "sources_lead": (
        "Uit deze documenten komen alle antwoorden. Je kunt ze hier lezen.",
        "All answers come from these documents. You can read them here.",
    ),
    "s_passages": ("Passages", "Passages"),
    "s_words": ("Woorden", "Words"),
    "s_notes": ("Samenvattingen", "Summaries"),
    "s_basis": ("Antwoorden uit", "Answers from"),
    "s_document": ("het document zelf", "the document itself"),
    "s_only_notes": ("alleen onze samenvattingen; het document is niet toegevoegd", "our summaries only; the document was not added"),
    "s_warning": ("Let op", "Note"),
    "s_read": ("Lees dit document", "Read this document"),
    "s_read_notes": ("Lees de samenvattingen", "Read the summaries"),
    "contents": ("Inhoud", "Contents"),
    "facts": ("Over dit document", "About this document"),
    "to_sources": ("Alle bronnen", "All sources"),
    "to_cited": ("Naar de aangehaalde passage", "Go to the cited passage"),
    "cited": ("Aangehaalde passage", "Cited passage"),
    "absent": (
        "Dit document is niet toegevoegd. Hieronder staat niet de tekst zelf, maar wat wij eruit hebben samengevat, per onderdeel.",
        "This document was not added. Below is not its own text, but our summary of it, part by part.",
    ),
    "dutch_text": ("", "This document is in Dutch."),
    # One passage
    "passage_title": ("Passage", "Passage"),
    "passage_lead": ("Passage uit {title}", "Passage from {title}"),
    "before": ("Wat eraan voorafgaat", "What comes before"),
    "after": ("Wat erop volgt", "What comes after"),
    "previous": ("Vorige passage", "Previous passage"),
    "next": ("Volgende passage", "Next passage"),
    "passages": ("Passages", "Passages"),
    "says": ("Wat hier staat, in het kort", "What it says, in short"),
    # Advice
    "advice_title": ("Advies bij je situatie", "Advice on your situation"),
    "advice_lead": (
        "Beschrijf in twee tot zes zinnen wat er op je werk gebeurt. Je leest welke belemmeringen daarin te herkennen zijn, en "
        "wat anderen ertegen deden.",
        "Describe in two to six sentences what happens at work. You read which barriers can be recognised in it, and what "
        "others did about them.",
    ),
    "situation": ("Je situatie", "Your situation"),
    "situation_hint": ("Noem geen namen van mensen. Er wordt niets bewaard.", "Do not name people. Nothing is kept."),
    "advise": ("Vraag advies", "Get advice"),
    "barriers": ("Belemmeringen die je beschrijft", "Barriers in what you describe"),
    "strategies": ("Wat je kunt doen", "What you can do"),
    "signals": ("In je eigen woorden", "In your own words"),
    "sure": ("Duidelijk te herkennen", "Clearly recognisable"),
    "likely": ("Waarschijnlijk", "Likely"),
    "possible": ("Mogelijk", "Possible"),
    "why": ("Waarom dit past", "Why this fits"),
    "where": ("Waar het gebeurde", "Where it was done"),
    "limits": ("Grenzen", "Limits"),
    "first_step": ("Eerste stap", "First step"),
    "against": ("Tegen: {name}", "Against: {name}"),
    "basis_theory": ("uit de theorie", "from theory"),
    "basis_practice": ("uit de praktijk", "from practice"),
    "basis_advice": ("aanbevolen door de auteur", "recommended by the author"),
    "evidence": ("Lees de passages", "Read the passages"),
    "not_covered": ("Wat deze documenten niet zeggen", "What these documents do not say"),
    "question_back": ("Om je beter te helpen", "To help you better"),
    "situation_empty": ("Beschrijf eerst je situatie.", "Describe your situation first."),
    "situation_long": (
        "De beschrijving is te lang: gebruik ten hoogste {most} tekens.",
        "The description is too long: use at most {most} characters.",
    ),
    # Errors
    "e_back": ("Terug naar de beginpagina", "Back to the start page"),
    "e404": ("Deze pagina bestaat niet", "This page does not exist"),
    "e404_text": (
        "Misschien is de link oud of klopt het adres niet. Passages krijgen een ander adres als hun document verandert.",
        "The link may be old or the address may be wrong. Passages get another address when their document changes.",
    ),
    "e403": ("Dit verzoek komt van een andere website", "This request comes from another website"),
    "e403_text": ("Stel je vraag op deze website zelf.", "Ask your question on this website itself."),
    "e405": ("Zo werkt deze pagina niet", "This page does not work that way"),
    "e405_text": ("Open de pagina opnieuw vanaf het begin.", "Open the page again from the start."),
    "e413": ("Dit is te veel tekst", "This is too much text"),
    "e413_text": ("Maak je tekst korter, of begin een nieuw gesprek.", "Make your text shorter, or start a new conversation."),
    "e503": ("Er zijn nog geen documenten ingelezen", "No documents have been added yet"),
    "e500": ("Er ging iets mis", "Something went wrong"),
}  # fmt: skip
TEXTS |= PLAN_TEXTS

KINDS: dict[str, Pair] = {
    "masterscriptie": ("masterscriptie", "master thesis"),
    "artikel": ("artikel", "article"),
    "hoofdstuk": ("hoofdstuk", "book chapter"),
    "webpagina": ("webpagina", "web page"),
    "document": ("document", "document"),
}

WARNINGS: dict[str, str] = {
    "the file differs from the one our notes were written for": (
        "het bestand is anders dan het bestand waarvoor onze samenvattingen zijn geschreven"
    ),
    "holds text that looks like an instruction to an assistant; it is treated as text only": (
        "er staat tekst in die op een opdracht lijkt; die wordt alleen als tekst behandeld"
    ),
    "hidden text left out": "verborgen tekst is weggelaten",
}

EXAMPLES: tuple[Pair, ...] = (
    ("Wat houdt innovatie bij gemeenten tegen?", "What holds innovation in municipalities back?"),
    ("Wat kun je doen als niemand risico durft te nemen?", "What can you do when nobody dares to take a risk?"),
    ("Waarom blijven pilots vaak steken?", "Why do pilots often get stuck?"),
    ("Wat deed Utrecht tegen risicomijdend gedrag?", "What did Utrecht do about risk avoidance?"),
    ("Hoe kunnen gemeenten van elkaar leren?", "How can municipalities learn from each other?"),
)

SITUATIONS: tuple[Pair, ...] = (
    (
        "Mijn afdelingsdirecteur wil eerst garanties voordat we met een proef met data mogen beginnen. Niemand durft een fout te maken.",
        "My department head wants guarantees before we may start a trial with data. Nobody dares to make a mistake.",
    ),
    (
        "Elke afdeling werkt aan zijn eigen oplossing. We horen pas achteraf dat collega's hetzelfde al hebben geprobeerd.",
        "Every department works on its own solution. We only hear afterwards that colleagues already tried the same.",
    ),
    (
        "Onze pilot was een succes, maar daarna is er geen budget en geen eigenaar om ermee door te gaan.",
        "Our pilot was a success, but afterwards there is no budget and nobody owns it to carry it on.",
    ),
)


def text(key: str, language: Language, **values: object) -> str:
    """Return a text of the pages in a language, with its values filled in. Raises KeyError for an unknown key."""
    return in_language(TEXTS.get(key) or ABOUT[key], language).format(**values)


def in_language(pair: Pair, language: Language) -> str:
    """Return the half of a pair that is in `language`."""
    return pair[1] if language == "en" else pair[0]


def kind(name: str, language: Language) -> str:
    """Return a kind of document in a language; a kind that we do not know as it stands."""
    return in_language(KINDS[name], language) if name in KINDS else name


def warning(said: str, language: Language) -> tuple[str, Language]:
    """Return a warning about a document and the language it is in: those we cannot translate stay English."""
    if language == "nl" and said in WARNINGS:
        return WARNINGS[said], "nl"
    return said, "en"
