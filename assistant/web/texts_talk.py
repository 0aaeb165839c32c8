"""The texts of a conversation in Dutch and English: its states, what can be done with it, and what a reader thinks of an answer."""

from __future__ import annotations

TALK: dict[str, tuple[str, str]] = {
    # States; what to do next stands in each
    "status_busy": ("Antwoord wordt gezocht", "Looking for an answer"),
    "status_slow": ("Dit duurt langer dan anders. Wacht of stop.", "This takes longer. Wait or stop."),
    "status_done": ("Antwoord klaar, passages: {n}", "Answer ready, passages: {n}"),
    "status_no": ("Geen antwoord gevonden. Lees de toelichting.", "No answer found. Read the explanation."),
    "status_stopped": ("Gestopt. Je vraag staat er nog.", "Stopped. Your question is still there."),
    "status_offline": (
        "Je hebt geen verbinding. Je vraag staat er nog. Controleer je netwerk en probeer het opnieuw.",
        "You are offline. Your question is still there. Check your network and try again.",
    ),
    "status_online": ("Je hebt weer verbinding.", "You are online again."),
    "status_away": (
        "De dienst is niet te bereiken. Je vraag staat er nog. Probeer het over een minuut opnieuw.",
        "The service cannot be reached. Your question is still there. Try again in a minute.",
    ),
    "status_failed": (
        "Het antwoorden is niet gelukt. Je vraag staat er nog. Probeer het opnieuw of stel de vraag anders.",
        "Answering failed. Your question is still there. Try again or put the question differently.",
    ),
    "status_again": ("Probeer opnieuw", "Try again"),
    "status_error": ("Geen antwoord. Lees wat je kunt doen.", "No answer. Read what you can do."),
    # What else there is
    "also": ("Je kunt ook", "You can also"),
    "also_advice": ("Advies vragen over een situatie op je werk", "Get advice on a situation at work"),
    "also_scan": ("Scannen hoe goed je organisatie kan vernieuwen", "Scan how well your organisation can renew itself"),
    "also_check": ("Toetsen hoe vernieuwend je initiatief is", "Check how new your initiative really is"),
    "also_sources": ("De documenten zelf lezen", "Read the documents themselves"),
    # How an answer is made
    "mode_quote": (
        "Citaatmodus: antwoorden bestaan uit letterlijke passages en controleerbare samenvattingen; er is geen taalmodel bij betrokken.",
        "Quote mode: answers are made of exact passages and summaries that you can check; no language model is involved.",
    ),
    "mode_ask": ("Hoe wil je antwoord krijgen?", "How do you want to be answered?"),
    "mode_advice": ("Hoe wil je advies krijgen?", "How do you want your advice?"),
    "mode_quote_name": ("Alleen citaten en samenvattingen.", "Quotes and summaries only."),
    "mode_quote_says": (
        "Er is geen taalmodel bij betrokken. Dit gaat snel.",
        "No language model is involved. This is quick.",
    ),
    "mode_write_name": ("Geschreven door een taalmodel.", "Written by a language model."),
    "mode_write_says": (
        "Elke zin wordt aan de passages gecontroleerd voordat je hem ziet. Dit duurt langer.",
        "Every sentence is checked against the passages before you see it. This takes longer.",
    ),
    "advice_automated": (
        "Dit advies is automatisch gemaakt, zonder taalmodel, uit wat de documenten laten zien.",
        "This advice was made automatically, without a language model, from what the documents show.",
    ),
    "advice_written": (
        "Dit advies is automatisch gemaakt. Een taalmodel schreef wat je kunt doen en waarom het past. Dat is aan de passages "
        "gecontroleerd.",
        "This advice was made automatically. A language model wrote what you can do and why it fits. That was checked against the "
        "passages.",
    ),
    "automated": ("Automatisch gemaakt, zonder taalmodel.", "Made automatically, without a language model."),
    "written": (
        "Automatisch geschreven door een taalmodel en gecontroleerd aan de passages.",
        "Written automatically by a language model and checked against the passages.",
    ),
    # Change a question
    "edit": ("Pas aan", "Change"),
    "edit_n": ("Pas vraag {n} aan", "Change question {n}"),
    "edit_cancel": ("Toch niet", "Leave it"),
    "edit_says": (
        "Pas je vraag aan en stel hem opnieuw. Dit antwoord en wat erna kwam, worden dan vervangen.",
        "Change your question and ask it again. This answer and what came after are then replaced.",
    ),
    # Conversations, kept in the browser only
    "talks": ("Je gesprekken", "Your conversations"),
    "talks_where": (
        "Deze gesprekken staan alleen in deze browser, op dit apparaat. Werk je op een gedeelde computer? Verwijder ze dan na afloop.",
        "These conversations are only in this browser, on this device. Do you share this computer? Then delete them afterwards.",
    ),
    "talk_more": ("Bewaar of wijzig", "Keep or change"),
    "talk_md": ("Bewaar als tekst (Markdown)", "Keep as text (Markdown)"),
    "talk_json": ("Bewaar als gegevens (JSON)", "Keep as data (JSON)"),
    "talk_rename": ("Hernoem", "Rename"),
    "talk_delete": ("Verwijder", "Delete"),
    "talk_delete_all": ("Verwijder alle gesprekken", "Delete all conversations"),
    "talk_rename_n": ("Hernoem: {name}", "Rename: {name}"),
    "talk_delete_n": ("Verwijder: {name}", "Delete: {name}"),
    "talk_name": ("Naam van het gesprek", "Name of the conversation"),
    "talk_save": ("Bewaar", "Save"),
    "talk_deleted": ("Verwijderd: {name}.", "Deleted: {name}."),
    "talk_deleted_all": ("Alle gesprekken zijn verwijderd.", "All conversations are deleted."),
    "talk_undo": ("Zet terug", "Put back"),
    "talk_full": (
        "Dit gesprek kan niet worden bewaard: de opslag van je browser is vol of staat uit.",
        "This conversation cannot be kept: your browser's storage is full or switched off.",
    ),
    "export_title": ("Gesprek met Innovatiewijzer", "Conversation with Innovatiewijzer"),
    # What a reader thinks of an answer
    "judge": ("Heb je iets aan dit antwoord?", "Is this answer of use to you?"),
    "judge_yes": ("Ja", "Yes"),
    "judge_no": ("Nee", "No"),
    "judge_why": ("Wat ging er mis?", "What went wrong?"),
    "reason_wrong": ("Het klopt niet", "It is not right"),
    "reason_incomplete": ("Er ontbreekt iets", "Something is missing"),
    "reason_passage": ("De passage past niet bij de zin", "The passage does not fit the sentence"),
    "reason_unclear": ("Het is niet duidelijk", "It is not clear"),
    "reason_refusal": ("Er is een antwoord, maar ik kreeg het niet", "There is an answer, but I did not get it"),
    "judge_remark": ("Toelichting (mag leeg blijven)", "Explanation (may stay empty)"),
    "judge_kept": (
        "De beheerder bewaart je oordeel met de vraag en het antwoord, zonder je naam. Schrijf hier geen persoonsgegevens.",
        "The administrator keeps your judgement with the question and the answer, without your name. Do not write personal data here.",
    ),
    "judge_send": ("Verstuur", "Send"),
    "judged": ("Dank je. Je oordeel is bewaard, zonder je naam.", "Thank you. Your judgement is kept, without your name."),
}
