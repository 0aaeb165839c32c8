"""The texts of the advice page in Dutch and English."""

from __future__ import annotations

ADVICE: dict[str, tuple[str, str]] = {
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
    "advice_busy": ("Je situatie wordt vergeleken met de documenten", "Your situation is compared with the documents"),
    "advice_slow": (
        "Het duurt wat langer. De eerste keer kan het een halve minuut duren; daarna gaat het snel.",
        "This takes longer. The first time can take half a minute; after that it is quick.",
    ),
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
    "on_page": ("In het kort", "In short"),
    "more_card": ("Wie het deed, grenzen en passages", "Who did it, limits and passages"),
    "evidence": ("Lees de passages", "Read the passages"),
    "not_covered": ("Wat deze documenten niet zeggen", "What these documents do not say"),
    "question_back": ("Om je beter te helpen", "To help you better"),
    "situation_empty": ("Beschrijf eerst je situatie.", "Describe your situation first."),
    "situation_long": (
        "De beschrijving is te lang: gebruik ten hoogste {most} tekens.",
        "The description is too long: use at most {most} characters.",
    ),
}  # fmt: skip
