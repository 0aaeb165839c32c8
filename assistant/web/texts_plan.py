"""The texts of the pages for the scan, the check of an initiative, and memos, in Dutch and English."""

from __future__ import annotations

PLAN_TEXTS: dict[str, tuple[str, str]] = {
    "nav_scan": ("Scan", "Scan"),
    "nav_check": ("Toets", "Check"),
    # Scan: the questions
    "scan_title": ("Scan van je innovatiecapaciteit", "Scan of your innovation capacity"),
    "scan_lead": (
        "Hoe goed kan jouw organisatie vernieuwen? Scoor {count} stellingen. Je ziet dan wat sterk is, wat zwak is en wat kan helpen, "
        "met de passages erbij. Het kost ongeveer tien minuten.",
        "How well can your organisation renew itself? Score {count} statements. You then see what is strong, what is weak and what may "
        "help, with the passages. It takes about ten minutes.",
    ),
    "scan_private": (
        "Er wordt niets op de server bewaard. Je kunt je antwoorden als bestand bewaren en later weer openen.",
        "Nothing is kept on the server. You can keep your answers as a file and open it again later.",
    ),
    "scan_how": (
        "Kies bij elke stelling een cijfer, van 1 (klopt helemaal niet) tot 5 (klopt helemaal). Weet je het niet, kies dan “weet ik niet”.",
        "Choose a number for each statement, from 1 (not true at all) to 5 (completely true). If you do not know, choose “I do not know”.",
    ),
    "about_you": ("Over welke organisatie gaat het?", "Which organisation is this about?"),
    "optional": ("niet verplicht", "optional"),
    "why_matters": ("Waarom dit ertoe doet", "Why this matters"),
    "own_remark": ("Je opmerking", "Your remark"),
    "add_remark": ("Voeg een opmerking toe", "Add a remark"),
    "unknown_choice": ("Weet ik niet", "I do not know"),
    "position_ask": ("Waar staat je gemeente met digitale innovatie?", "Where does your municipality stand with digital innovation?"),
    "scan_show": ("Bekijk het resultaat", "Show the result"),
    "open_title": ("Een bewaarde scan openen", "Open a scan you kept"),
    "open_file": ("Bestand met je antwoorden (JSON)", "File with your answers (JSON)"),
    "open": ("Open", "Open"),
    "no_file": ("Kies eerst een bestand.", "Choose a file first."),
    # Scan: the result
    "scan_result": ("Resultaat van de scan", "Result of the scan"),
    "chart": ("Gemiddelde score per element", "Mean score per element"),
    "chart_one": ("{name}: {score} van 5", "{name}: {score} out of 5"),
    "chart_none": ("{name}: te weinig ingevuld", "{name}: too little filled in"),
    "helps": ("Aanpakken hierbij", "Approaches for this"),
    "keep_title": ("Bewaren en delen", "Keep and share"),
    "keep_lead": (
        "Bewaar je antwoorden als bestand om later verder te gaan of te vergelijken. De memo is om door te sturen.",
        "Keep your answers as a file to go on or compare later. The memo is for passing on.",
    ),
    "keep_json": ("Bewaar antwoorden (JSON)", "Keep answers (JSON)"),
    "memo_word": ("Memo in Word", "Memo in Word"),
    "memo_markdown": ("Memo in Markdown", "Memo in Markdown"),
    "change_answers": ("Pas je antwoorden aan", "Change your answers"),
    "compare_title": ("Vergelijken met een andere scan", "Compare with another scan"),
    "compare_lead": (
        "Kies een bewaarde scan: van een eerder moment of van een andere afdeling.",
        "Choose a scan that was kept: from an earlier moment or another department.",
    ),
    "compare": ("Vergelijk", "Compare"),
    "per_element": ("Verschil per element", "Difference per element"),
    "per_statement": ("Verschil per stelling", "Difference per statement"),
    "in_browser": ("In deze browser bewaard", "Kept in this browser"),
    "in_browser_lead": (
        "Deze scans staan alleen in deze browser. Gebruiken anderen deze computer ook, wis ze dan.",
        "These scans are in this browser only. If others use this computer too, remove them.",
    ),
    "browser_keep": ("Bewaar in deze browser", "Keep in this browser"),
    "browser_kept": ("Bewaard in deze browser.", "Kept in this browser."),
    "browser_full": ("Bewaren in de browser lukt niet. Bewaar als bestand.", "Keeping in the browser failed. Keep it as a file."),
    "browser_open": ("Open", "Open"),
    "browser_remove": ("Wis", "Remove"),
    "browser_nameless": ("Scan zonder naam", "Scan without a name"),
    # Check
    "check_title": ("Toets je initiatief", "Check your initiative"),
    "check_lead": (
        "Is je initiatief echt vernieuwend, en wat moet er nog gebeuren? Leg het naast vijf kenmerken en acht taken uit het onderzoek in "
        "Utrecht.",
        "Does your initiative really bring something new, and what is still to be done? Put it beside five features and eight tasks from "
        "the research in Utrecht.",
    ),
    "check_name": ("Naam van je initiatief", "Name of your initiative"),
    "check_part_1": ("Kenmerken", "Features"),
    "check_part_1_lead": (
        "Heeft je initiatief dit kenmerk? “Nog niet, kan wel” is wat de scriptie potentieel noemt.",
        "Does your initiative have this feature? “Not yet, but possible” is what the thesis calls potential.",
    ),
    "check_part_2": ("Taken", "Tasks"),
    "check_part_2_lead": (
        "Hoe ver ben je, en wie doet het? Noem een functie, geen naam van een persoon. Niet elke taak is altijd nodig.",
        "How far are you, and who does it? Name a position, not a person. Not every task is always needed.",
    ),
    "check_show": ("Bekijk het resultaat", "Show the result"),
    "check_result": ("Resultaat van de toets", "Result of the check"),
    "check_open_title": ("Een bewaarde toets openen", "Open a check you kept"),
    "open_choice": ("Niet ingevuld", "Not filled in"),
    "more_criterion": ("Uitleg, Utrecht en passages", "Explanation, Utrecht and passages"),
    "more_task": ("Uitleg, valkuilen en passages", "Explanation, pitfalls and passages"),
    "next_task": ("Hiermee kun je nu verder", "You can go on with this now"),
    "your_answer": ("Jouw antwoord", "Your answer"),
    "elsewhere": ("Hoe de scriptie Utrecht beoordeelt", "How the thesis judges Utrecht"),
    "to_utrecht": ("Bekijk eerst hoe Utrecht scoorde", "See first how Utrecht scored"),
}  # fmt: skip
