"""One small library for the whole session: our notes on two documents that are absent, and two short texts of our own.

The model, the index and Chroma are the real ones, so the first test that asks for `wijzer` waits for an ingest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import library
from assistant.service import Wijzer
from assistant.settings import Settings
from ingest.index import Folders

ROOT = Path(__file__).resolve().parent.parent
NOTED = ("station10-2019", "meijer-vanberlo-2012")

INVENTED = """1 Inleiding

De gemeente Waterdam begon in 2018 met een proeftuin voor slimme lantaarnpalen in de wijk Zuiderkade. De proeftuin duurde
veertien maanden en kostte 82.000 euro. Vier afdelingen deden mee: beheer openbare ruimte, informatisering, inkoop en wijkzaken.

2 Wat er misging

Volgens projectleider Noor Abspoel strandde de proeftuin bijna omdat de afdeling inkoop pas in de negende maand werd
gevraagd. De leverancier van de lantaarnpalen wilde de meetgegevens niet delen, want dat stond niet in het contract.

3 Wat hielp

3.1 Een vaste avond met bewoners

Elke eerste dinsdag van de maand liepen bewoners van de Zuiderkade met de monteurs mee. Daardoor kwamen er zesendertig
klachten boven water die anders nooit waren gemeld. De wethouder noemde die avonden het geheim van de proeftuin.

3.2 Een spaarpot voor mislukkingen

Waterdam legde tien procent van het budget opzij voor onderdelen die mochten mislukken. Niemand hoefde zich over dat geld
te verantwoorden, zolang er een half A4 kwam met wat ervan geleerd was.
"""

INVENTED_NOTES = """
- section: "1"
  at: kostte 82.000 euro
  claims:
  - nl: De proeftuin met slimme lantaarnpalen in Waterdam kostte 82.000 euro en duurde veertien maanden.
    en: The trial with smart lampposts in Waterdam cost 82,000 euros and lasted fourteen months.
  questions:
    nl: [Hoeveel geld ging er naar de lantaarnpalen van Waterdam?, Hoe lang duurde de proeftuin?]
    en: [How much did the lampposts of Waterdam cost?, How long did the trial last?]
- section: "2"
  at: Noor Abspoel
  claims:
  - nl: De proeftuin van Waterdam liep bijna vast omdat de afdeling inkoop pas in de negende maand werd gevraagd.
    en: The trial of Waterdam nearly failed because the purchasing department was only asked in the ninth month.
  questions:
    nl: [Wat ging er mis in Waterdam met de slimme lantaarnpalen?, Waarom hield inkoop de proeftuin op?]
    en: [What went wrong in Waterdam with the smart lampposts?, Why did purchasing hold up the trial?]
"""

HOSTILE_TITLE = '<script>alert("titel")</script> & <b>Vreemd</b>'
HOSTILE = """1 Over haakjes

In het dorp Haakjesveen schrijft men "</p><script>alert('tekst')</script>" in elk raadsstuk over de windwijzer. De windwijzer
van Haakjesveen heet <img src=x onerror=alert(1)> en staat naast de kerk, want de raad wilde een naam die *niemand* vergeet.
"""

HOSTILE_NOTES = """
- section: "1"
  at: staat naast de kerk
  claims:
  - nl: De windwijzer van Haakjesveen heet <img src=x onerror=alert(1)> en staat naast de kerk.
    en: The weather vane of Haakjesveen is called <img src=x onerror=alert(1)> and stands beside the church.
  questions:
    nl: [Hoe heet de windwijzer van Haakjesveen?, '<script>alert("vraag")</script> Waar staat de windwijzer?']
    en: [What is the weather vane of Haakjesveen called?, Where does the weather vane stand?]
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the small library."""
    folder = tmp_path_factory.mktemp("wijzer")
    corpus, documents = folder / "corpus", folder / "documents"
    corpus.mkdir()
    documents.mkdir()
    for name in (*NOTED, "frameworks"):
        shutil.copytree(ROOT / "corpus" / name, corpus / name)
    for file in (ROOT / "corpus").glob("*.*"):
        shutil.copyfile(file, corpus / file.name)
    waterdam = "title: Proeftuin Waterdam\nauthor: N. Abspoel\nyear: 2020\nkind: artikel\nmethod: {nl: verslag, en: report}\n"
    hostile = f"title: '{HOSTILE_TITLE}'\nauthor: '\"><i>Niemand</i>'\n"
    for name, text, record, notes in (
        ("proeftuin-waterdam-2020", INVENTED, waterdam, INVENTED_NOTES),
        ("vreemd", HOSTILE, hostile, HOSTILE_NOTES),
    ):
        (documents / f"{name}.txt").write_text(text, "utf-8")
        (documents / f"{name}.source.yaml").write_text(record, "utf-8")
        (documents / f"{name}.notes.yaml").write_text(notes, "utf-8")
    return Settings(corpus=corpus, documents=documents, data=folder / "data")


@pytest.fixture(scope="session")
def wijzer(settings: Settings, request: pytest.FixtureRequest) -> Wijzer:
    """The service over the small library. Vectors are kept between runs in pytest's cache; `--cache-clear` makes them anew."""
    cache = getattr(request.config, "cache", None)  # none at all with -p no:cacheprovider
    kept = cache.mkdir("wijzer") / "vectors.sqlite" if cache else None
    places = Folders(settings.data)
    if kept and kept.exists():
        places.cache.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, places.cache)
    report = library.ingest(settings)
    assert not report.failed
    if kept:
        partial = kept.with_name(f"{os.getpid()}.part")
        shutil.copyfile(places.cache, partial)
        partial.replace(kept)
    return Wijzer(settings)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of pages, since Playwright runs once per process; without either, they are skipped."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
