"""The texts of the page about the service, in Dutch and English."""

from __future__ import annotations

ABOUT: dict[str, tuple[str, str]] = {
    "about_title": ("Over Innovatiewijzer", "About Innovatiewijzer"),
    "about_lead": (
        "Innovatiewijzer helpt medewerkers van gemeenten om te vinden wat onderzoek zegt over innovatie: wat het tegenhoudt en wat helpt.",
        "Innovatiewijzer helps people who work for municipalities find what research says about innovation: what holds it back "
        "and what helps.",
    ),
    "about_how": ("Hoe een antwoord ontstaat", "How an answer is made"),
    "about_how_1": (
        "Je vraag wordt vergeleken met elke passage in de documenten. De passages die het beste passen, komen in het antwoord.",
        "Your question is compared with every passage in the documents. The passages that fit best go into the answer.",
    ),
    "about_how_2": (
        "Elke zin in het antwoord heeft een nummer. Het nummer brengt je naar de passage. Een citaat staat altijd letterlijk in"
        " het document.",
        "Every sentence in the answer has a number. The number takes you to the passage. A quote always stands in the document "
        "word for word.",
    ),
    "about_how_3": (
        "Staat het antwoord niet in de documenten, dan zeggen we dat. Je ziet dan de passages die er het dichtst bij komen.",
        "If the answer is not in the documents, we say so. You then see the passages that come closest.",
    ),
    "about_modes": ("Citaatmodus en schrijfmodus", "Quote mode and writing mode"),
    "about_modes_1": (
        "In de citaatmodus bestaat een antwoord uit letterlijke zinnen en uit samenvattingen die vooraf bij de passages zijn "
        "gemaakt. Bij het antwoorden is geen taalmodel betrokken. De passage staat er steeds bij, zodat je de samenvatting kunt"
        " controleren.",
        "In quote mode an answer is made of exact sentences and of summaries that were made beforehand with the passages. No "
        "language model is involved in answering. The passage is always there, so that you can check the summary.",
    ),
    "about_modes_2": (
        "In de schrijfmodus schrijft een taalmodel het antwoord uit dezelfde passages. Elke zin wordt daarna gecontroleerd. De "
        "beheerder bepaalt of deze modus aanstaat.",
        "In writing mode a language model writes the answer from the same passages. Every sentence is checked afterwards. The "
        "administrator decides whether this mode is on.",
    ),
    "about_modes_choice": ("Op deze pagina's kun je bij elke vraag kiezen.", "On these pages you can choose with every question."),
    "about_model_data": (
        "Kies je voor de schrijfmodus, dan gaat wat je vraagt of over je werk vertelt met de passages naar een taalmodel. Vraag je door, "
        "dan gaan de laatste vragen en antwoorden mee. De beheerder van deze website bepaalt waar dat model draait.",
        "If you choose writing mode, what you ask or tell about your work goes to a language model together with the passages. If you ask "
        "on, the last questions and answers go along. The administrator of this website decides where that model runs.",
    ),
    "about_modes_now": ("Deze pagina's gebruiken nu de citaatmodus.", "These pages now use quote mode."),
    "about_feedback": (
        "Zeg je of een antwoord je helpt, dan bewaart de beheerder je oordeel, de vraag en het antwoord om de antwoorden te "
        "verbeteren. Je naam, je adres en het tijdstip worden niet bewaard.",
        "If you say whether an answer helps, the administrator keeps your judgement, the question and the answer to improve the "
        "answers. Your name, your address and the time are not kept.",
    ),
    "about_privacy": ("Je gegevens", "Your data"),
    "about_privacy_1": (
        "We bewaren je vragen en antwoorden niet. Je gesprekken staan alleen in je eigen browser, tot je ze daar verwijdert. "
        "Zonder JavaScript staan ze alleen op de pagina zelf.",
        "We do not keep your questions and answers. Your conversations are only in your own browser, until you delete them "
        "there. Without JavaScript they are only on the page itself.",
    ),
    "about_privacy_2": (
        "Er is één cookie: die onthoudt welke taal je koos. Er worden geen gegevens aan andere websites gestuurd.",
        "There is one cookie: it remembers which language you chose. No data is sent to other websites.",
    ),
    "about_limits": ("Wat je er niet van kunt verwachten", "What you cannot expect"),
    "about_limits_1": (
        "Antwoorden komen alleen uit de documenten die zijn ingelezen. Nieuwer of ander onderzoek telt niet mee.",
        "Answers only come from the documents that were added. Newer or other research does not count.",
    ),
    "about_limits_2": (
        "De documenten gaan over een paar gemeenten en een bepaalde periode. Wat daar werkte, werkt niet overal.",
        "The documents are about a few municipalities and a certain period. What worked there does not work everywhere.",
    ),
    "about_limits_3": (
        "Een automatisch antwoord kan iets missen of een passage kiezen die niet past. Lees daarom de passage zelf.",
        "An automatic answer can miss something or choose a passage that does not fit. So read the passage itself.",
    ),
    "about_access": ("Toegankelijkheid", "Accessibility"),
    "about_access_1": (
        "De pagina's zijn gemaakt om te werken met alleen een toetsenbord, met een schermlezer, zonder JavaScript en op een klein scherm. "
        "Ze volgen je instelling voor licht of donker en voor minder beweging.",
        "The pages are made to work with a keyboard only, with a screen reader, without JavaScript and on a small screen. "
        "They follow your setting for light or dark and for less motion.",
    ),
    "about_access_2": (
        "Sommige documenten hebben tabellen of afgebroken regels die niet goed zijn overgekomen. Werkt er iets niet voor jou? "
        "Meld het bij de beheerder.",
        "Some documents have tables or broken lines that did not come across well. Does something not work for you? Tell the "
        "administrator.",
    ),
    "about_api": ("Voor ontwikkelaars", "For developers"),
    "about_api_1": (
        "Alles op deze pagina's is er ook als API. De beschrijving staat in",
        "Everything on these pages is also there as an API. It is described in",
    ),
}  # fmt: skip
