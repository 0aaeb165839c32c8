"""Fixed texts of the scan, the check of an initiative and the memo, and of errors in their files; Dutch and English."""

from __future__ import annotations

PLAN: dict[str, dict[str, str]] = {
    # What is wrong with a value
    "reason_long": {"nl": "te lang: ten hoogste {limit} tekens", "en": "too long: at most {limit} characters"},
    "reason_many": {"nl": "te veel: ten hoogste {limit}", "en": "too many: at most {limit}"},
    "reason_missing": {"nl": "dit ontbreekt", "en": "this is missing"},
    "reason_extra": {"nl": "dit veld ken ik niet", "en": "this field is not known"},
    "reason_least": {"nl": "te laag: minstens {limit}", "en": "too low: at least {limit}"},
    "reason_most": {"nl": "te hoog: ten hoogste {limit}", "en": "too high: at most {limit}"},
    "reason_literal": {"nl": "kies uit {limit}", "en": "choose from {limit}"},
    "reason_text": {"nl": "hier hoort tekst", "en": "this should be text"},
    "reason_whole": {"nl": "hier hoort een heel getal", "en": "this should be a whole number"},
    "reason_date": {
        "nl": "hier hoort een datum als 2026-03-31",
        "en": "this should be a date like 2026-03-31",
    },
    "reason_object": {"nl": "hier hoort een lijst van namen met waarden", "en": "this should be an object with names and values"},
    "reason_unknown": {"nl": "deze vraag bestaat niet", "en": "this question does not exist"},
    "reason_meant": {"nl": "deze vraag bestaat niet; bedoelde je {close}?", "en": "this question does not exist; did you mean {close}?"},
    "invalid_help": {"nl": "Verbeter dit en probeer het opnieuw.", "en": "Correct this and try again."},
    "memo_one": {
        "nl": "Geef precies één van: question, situation, scan, check.",
        "en": "Give exactly one of: question, situation, scan, check.",
    },
    "memo_quotes": {
        "nl": "de citaten staan niet zo in de documenten; vraag het antwoord opnieuw",
        "en": "the quotes do not stand in the documents like this; ask for the answer again",
    },
    "file_large": {"nl": "Het bestand is te groot: ten hoogste {most} kB.", "en": "The file is too large: at most {most} kB."},
    "file_json": {
        "nl": "Dit bestand kan ik niet lezen. Kies een JSON-bestand dat je hier hebt bewaard.",
        "en": "This file cannot be read. Choose a JSON file that you saved here.",
    },
    "file_object": {
        "nl": "In dit bestand staan geen antwoorden. Kies een JSON-bestand dat je hier hebt bewaard.",
        "en": "This file holds no answers. Choose a JSON file that you saved here.",
    },
    "file_kind": {
        "nl": "dit bestand is van een ander soort; er hoort “{kind}” te staan",
        "en": "this file is of another kind; it should say “{kind}”",
    },
    "file_version": {
        "nl": "deze versie ken ik niet; ik lees versie {version}",
        "en": "this version is not known; version {version} can be read",
    },
    # Scan
    "scan_empty": {
        "nl": "Je hebt nog geen enkele stelling gescoord. Vul er een paar in, dan is er iets te laten zien.",
        "en": "You have not scored a single statement yet. Fill in a few, and there is something to show.",
    },
    "scan_partial": {
        "nl": "Je hebt {answered} van de {asked} stellingen gescoord. Over {names} is te weinig ingevuld: daarover zegt deze scan niets.",
        "en": "You scored {answered} of {asked} statements. Too little was filled in about {names}: the scan says nothing on that.",
    },
    "scan_few": {
        "nl": "Je hebt {answered} van de {asked} stellingen gescoord. Dat is te weinig voor een profiel; losse scores zie je wel.",
        "en": "You scored {answered} of {asked} statements. That is too little for a profile; you do see the separate scores.",
    },
    "scan_complete": {"nl": "Je hebt {answered} van de {asked} stellingen gescoord.", "en": "You scored {answered} of {asked} statements."},
    "scan_no_weak": {
        "nl": "Geen enkele stelling scoort laag. Hieronder staan de stellingen met een 3: daar is nog ruimte.",
        "en": "No statement scores low. Below are the statements with a 3: there is room there.",
    },
    "scan_all_strong": {
        "nl": "Alles wat je hebt gescoord, is een 4 of 5. Vraag ook een paar collega's om de scan in te vullen.",
        "en": "Everything you scored is a 4 or 5. Ask a few other people to fill in the scan as well.",
    },
    "scan_chosen": {
        "nl": "Welke aanpak bij een lage score wordt getoond, hebben wij gekozen; de passages gaan over de aanpak zelf.",
        "en": "Which approach is shown with a low score is our choice; the passages are about the approach itself.",
    },
    "scan_same": {
        "nl": "Geen van de elementen verschilt een vol punt of meer.",
        "en": "None of the elements differs by a full point or more.",
    },
    "scan_higher": {"nl": "Een vol punt of meer hoger: {names}.", "en": "Higher by a full point or more: {names}."},
    "scan_lower": {"nl": "Een vol punt of meer lager: {names}.", "en": "Lower by a full point or more: {names}."},
    "scan_differences": {
        "nl": "Alleen stellingen die in beide scans zijn gescoord, tellen mee. Een verschil van minder dan een punt zegt weinig: één ander "
        "antwoord kan dat al geven. De scan zegt niet waardoor een verschil komt.",
        "en": "Only statements scored in both scans count. A difference of less than one point says little: one other answer can "
        "make it. The scan does not say what causes a difference.",
    },
    "scan_no_common": {
        "nl": "De twee scans hebben te weinig dezelfde stellingen gescoord om ze te vergelijken.",
        "en": "The two scans scored too few of the same statements to compare them.",
    },
    "scan_other": {"nl": "andere scan", "en": "other scan"},
    "scan_this": {"nl": "deze scan", "en": "this scan"},
    # Check of an initiative
    "check_empty": {
        "nl": "Je hebt nog niets ingevuld. Beantwoord een paar vragen over je initiatief, dan is er iets te laten zien.",
        "en": "You have not filled in anything yet. Answer a few questions about your initiative, and there is something to show.",
    },
    "check_count": {
        "nl": "Volgens jouw antwoorden heeft het initiatief {yes} van de {all} kenmerken van institutionele innovatie.",
        "en": "By your answers the initiative has {yes} of the {all} features of institutional innovation.",
    },
    "check_potential": {"nl": "Het kan er nog {number} krijgen.", "en": "It may come to have {number} more."},
    "check_open": {"nl": "Niet beantwoord: {number}.", "en": "Not answered: {number}."},
    "check_next": {
        "nl": "Van de taken die niet klaar of niet ingevuld zijn, komt in het overzicht van de scriptie deze eerst: {name}.",
        "en": "Of the tasks that are not done or not filled in, this one comes first in the overview of the thesis: {name}.",
    },
    "check_nobody": {
        "nl": "Voor deze taken, waar je mee bezig bent of die je nog gaat doen, heb je niemand genoemd: {names}.",
        "en": "For these tasks, under way or still to do, you have not named anyone: {names}.",
    },
    "check_chosen": {
        "nl": "Welke aanpak bij een kenmerk of taak wordt getoond, hebben wij gekozen; de passages gaan over de aanpak zelf.",
        "en": "Which approach is shown with a feature or task is our choice; the passages are about the approach itself.",
    },
    "check_own": {
        "nl": "De antwoorden over je initiatief zijn van jou; niemand heeft ze gecontroleerd. De oordelen over Utrecht komen "
        "uit de scriptie.",
        "en": "The answers about your initiative are yours; nobody has checked them. The judgements on Utrecht are those of the thesis.",
    },
}
