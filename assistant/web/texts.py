"""Every text of the pages in Dutch and English, plain words. What an answer says itself comes from `assistant.messages`."""

from __future__ import annotations

import re

from assistant.records import Language
from assistant.web.texts_about import ABOUT
from assistant.web.texts_advice import ADVICE
from assistant.web.texts_plan import PLAN_TEXTS
from assistant.web.texts_talk import TALK

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
    "send_short": ("Vraag", "Ask"),
    "stop": ("Stop", "Stop"),
    "new": ("Nieuw gesprek", "New conversation"),
    "examples": ("Of kies een voorbeeld", "Or choose an example"),
    "conversation": ("Gesprek", "Conversation"),
    "you_asked": ("Je vroeg:", "You asked:"),
    "sources_of": ("Passages bij dit antwoord", "Passages behind this answer"),
    "nearest": ("Passages die het dichtst bij je vraag komen", "Passages that come closest to your question"),
    "follow_ups": ("Vraag door", "Ask next"),
    "error_title": ("Er klopt iets niet", "Something is not right"),
    "cut": ("Het begin van dit gesprek staat niet meer op de pagina.", "The start of this conversation is no longer on the page."),
    # Citations
    "ref": ("passage {n}", "passage {n}"),
    "page": ("pagina {n}", "page {n}"),
    "page_sheet": ("{n} (blad {sheet} van het bestand)", "{n} (sheet {sheet} of the file)"),
    "page_short": ("p. {n}", "p. {n}"),
    "c_page": ("Pagina", "Page"),
    "c_author": ("Auteur", "Author"),
    "c_year": ("Jaar", "Year"),
    "c_document": ("Document", "Document"),
    "c_kind": ("Soort", "Kind"),
    "c_apa": ("Bronvermelding (APA)", "Reference (APA)"),
    "c_pdf": ("Bekijk de pagina in de PDF", "See the page in the PDF"),
    "mail": ("Mail deze passage", "Mail this passage"),
    "address": ("Vast adres van deze passage", "Permanent address of this passage"),
    "copy_link": ("Kopieer adres", "Copy address"),
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
    "s_size": ("Omvang", "Size"),
    "s_counts": (
        "{words} woorden in {sections} hoofdstukken en paragrafen, verdeeld in {passages} passages",
        "{words} words in {sections} chapters and sections, divided into {passages} passages",
    ),
    "s_notes": ("Samenvattingen", "Summaries"),
    "s_basis": ("Antwoorden uit", "Answers from"),
    "s_document": ("het document zelf", "the document itself"),
    "s_only_notes": ("alleen onze samenvattingen; het document is niet toegevoegd", "our summaries only; the document was not added"),
    "s_origin": ("Waar het document vandaan komt", "Where the document comes from"),
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
    "to_pdf": ("Bekijk de PDF", "See the PDF"),
    "seek": ("Zoek in dit document", "Search this document"),
    "seek_go": ("Zoek", "Search"),
    "seek_none": ("“{query}” staat niet in dit document", "“{query}” is not in this document"),
    "seek_one": ("“{query}” staat op 1 plaats", "“{query}” is in 1 place"),
    "seek_many": ("“{query}” staat op {n} plaatsen", "“{query}” is in {n} places"),
    "seek_loose": (
        "Zo staat het er niet bij elkaar. Hieronder zie je waar de losse woorden staan.",
        "The words do not stand together. Below you see where each of them is.",
    ),
    "seek_cut": (
        "Alleen de eerste {n} plaatsen zijn gemarkeerd. Zoek op meer woorden.",
        "Only the first {n} places are marked. Use more words.",
    ),
    "seek_hint": ("Probeer een ander woord, of een deel ervan.", "Try another word, or a part of it."),
    "seek_ask": ("Stel het als vraag aan alle documenten", "Ask it as a question to all documents"),
    # A page of a PDF
    "pdf_title": ("Uit de PDF", "From the PDF"),
    "pdf_text": ("Lees als tekst", "Read as text"),
    "pdf_file": ("Open het PDF-bestand", "Open the PDF file"),
    "pdf_busy": ("De pagina wordt geladen", "The page is loading"),
    "pdf_failed": (
        "De PDF kan hier niet worden getoond. Open het bestand zelf of lees de tekst.",
        "The PDF cannot be shown here. Open the file itself or read the text.",
    ),
    "pdf_page": ("Pagina {{n}}", "Page {{n}}"),
    "pdf_of": ("Pagina {{n}} van {{all}}", "Page {{n}} of {{all}}"),
    "pdf_sheet": ("Blad {{n}}{{label}}", "Sheet {{n}}{{label}}"),
    "pdf_sheet_of": ("Blad {{n}} van {{all}}{{label}}", "Sheet {{n}} of {{all}}{{label}}"),
    "pdf_label": (" (pagina {{label}})", " (page {{label}})"),
    "pdf_number": ("Blad", "Sheet"),
    "pdf_found": ("Het citaat is gemarkeerd.", "The quote is marked."),
    "pdf_lost": ("Het citaat kon hier niet worden gemarkeerd.", "The quote could not be marked here."),
    "pdf_back": ("Vorige", "Previous"),
    "pdf_next": ("Volgende", "Next"),
    "pdf_out": ("Kleiner", "Smaller"),
    "pdf_in": ("Groter", "Larger"),
    "pdf_noscript": (
        "Om de pagina hier te tonen is JavaScript nodig. Open het PDF-bestand of lees de tekst.",
        "Showing the page here needs JavaScript. Open the PDF file or read the text.",
    ),
    "pdf_plain": ("Open het PDF-bestand om de pagina te zien.", "Open the PDF file to see the page."),
    # One passage
    "passage_title": ("Passage", "Passage"),
    "before": ("Wat eraan voorafgaat", "What comes before"),
    "after": ("Wat erop volgt", "What comes after"),
    "previous": ("Vorige passage", "Previous passage"),
    "next": ("Volgende passage", "Next passage"),
    "passages": ("Passages", "Passages"),
    "says": ("Wat hier staat, in het kort", "What it says, in short"),
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
    "e503": ("Er kan nu niet worden geantwoord", "No answers can be given now"),
    "e400": ("Dit formulier klopt niet", "This form is not right"),
    "e400_text": ("Ga terug naar de vorige pagina en probeer het opnieuw.", "Go back to the previous page and try again."),
    "e429": ("Het is nu te druk", "It is too busy now"),
    "e429_text": ("Wacht een minuut en probeer het opnieuw.", "Wait a minute and try again."),
    "e500": ("Er ging iets mis", "Something went wrong"),
}  # fmt: skip
TEXTS |= ABOUT | ADVICE | TALK | PLAN_TEXTS

# What chat.js says.
SCRIPT = (*(key for key in TALK if key.startswith(("status_", "talk_", "edit"))), "ref", "page_sheet", "no_year", "unknown_author",
          "you_asked", "question", "question_next", "sources_of", "nearest", "follow_ups", "automated", "written", "judged", "new",
          "e429_text")  # fmt: skip

KINDS: dict[str, Pair] = {
    "masterscriptie": ("masterscriptie", "master thesis"),
    "artikel": ("artikel", "article"),
    "hoofdstuk": ("hoofdstuk", "book chapter"),
    "webpagina": ("webpagina", "web page"),
    "document": ("document", "document"),
}

# What the readers say about a document, as a pattern, and the same in Dutch.
WARNINGS: dict[str, str] = {
    r"the file differs from the one our notes were written for": (
        "het bestand is anders dan het bestand waarvoor onze samenvattingen zijn geschreven"
    ),
    r"holds text that looks like an instruction to an assistant; it is treated as text only and not quoted": (
        "er staat tekst in die op een opdracht aan een assistent lijkt; die wordt alleen als tekst behandeld en niet aangehaald"
    ),
    r"hidden text left out": "verborgen tekst is weggelaten",
    r"hidden text left out: (\d+) words in the colour of the paper on page (.+)": (
        r"verborgen tekst is weggelaten: \1 woorden in de kleur van het papier op pagina \2"
    ),
    r"hidden text left out: (\d+) words .+ on page (.+)": r"verborgen tekst is weggelaten: \1 woorden op pagina \2",
    r"(\d+) hidden elements left out": r"verborgen onderdelen weggelaten: \1",
    r"(\d+) invisible characters removed": r"onzichtbare tekens verwijderd: \1",
    r"no text on page (.+)": r"op pagina \1 staat geen tekst",
    r"damaged, and left out: page (.+)": r"beschadigd en weggelaten: pagina \1",
    r"read from a picture by OCR, which makes mistakes: page (.+)": r"met OCR gelezen uit een plaatje, dus met fouten: pagina \1",
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
    return in_language(TEXTS[key], language).format(**values)


def in_language(pair: Pair, language: Language) -> str:
    """Return the half of a pair that is in `language`."""
    return pair[1] if language == "en" else pair[0]


def kind(name: str, language: Language) -> str:
    """Return a kind of document in a language; a kind that we do not know as it stands."""
    return in_language(KINDS[name], language) if name in KINDS else name


def warning(said: str, language: Language) -> tuple[str, Language]:
    """Return a warning about a document and the language it is in: those we cannot translate stay English."""
    if language == "nl":
        for pattern, dutch in WARNINGS.items():
            if match := re.fullmatch(pattern, said):
                return match.expand(dutch), "nl"
    return said, "en"
