"""The scan and the check in a real Chromium: with and without script, by keyboard, on a narrow screen, and axe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.web.browsing import Axe, Open, both, fits

pytestmark = pytest.mark.browser


def fill_in(page: Any) -> None:
    for name, value in (("leadership-strategy", 1), ("leadership-vision", 5), ("organisation-risk", 2)):
        page.locator(f"#a-{name}-{value}").check(force=True)
    page.locator("#organisatie").fill("Lindeburg")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing(visit: Open, axe: Axe, language: str, tmp_path: Path) -> None:
    page = visit(f"/scan?lang={language}")
    axe.check(page, "scan", unfold=True)
    page.locator("form.plan > button").click()
    page.locator("[role=alert]").wait_for()
    axe.check(page, "nothing filled in")
    fill_in(page)
    page.locator("form.plan > button").click()
    page.locator(".profile").wait_for()
    (tmp_path / "b.json").write_text('{"answers": {"leadership-strategy": 4, "leadership-vision": 4}}')
    page.locator("#ander-bestand").set_input_files(tmp_path / "b.json")
    page.locator("form[action='/scan/vergelijken'] button").click()
    page.locator("#verschil").wait_for()
    axe.check(page, "scan result", unfold=True)
    page.goto("/toets")
    axe.check(page, "check", unfold=True)
    page.locator("#k-values-no").check(force=True)
    page.locator("form.plan > button").click()
    page.locator("#kenmerken").wait_for()
    axe.check(page, "check result", unfold=True)
    assert axe.found == {}


@both
def test_the_scan_on_a_narrow_screen_and_back_to_change(visit: Open, script: bool) -> None:
    page = visit("/scan", script, width=320)
    assert fits(page)
    fill_in(page)
    page.get_by_role("button", name="Bekijk het resultaat").click()
    page.locator(".profile").wait_for()
    assert fits(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="Memo in Word").click()
    assert got.value.suggested_filename.endswith(".docx")
    page.get_by_role("button", name="Pas je antwoorden aan").click()
    page.locator("#organisatie").wait_for()
    assert page.locator("#a-leadership-vision-5").is_checked() and page.locator("#organisatie").input_value() == "Lindeburg"


def test_the_check_fits_a_narrow_screen(visit: Open) -> None:
    page = visit("/toets", width=320)
    page.locator("#t-test-busy").check(force=True)
    page.get_by_role("button", name="Bekijk het resultaat").click()
    page.locator("#taken").wait_for()
    assert fits(page)


def test_only_the_keyboard(visit: Open) -> None:
    page = visit("/scan")
    page.locator("#datum").focus()
    for _ in range(8):  # a date has several stops in Chromium
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "a-leadership-strategy":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.locator("#a-leadership-strategy-2").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("details.more[open]").count() == 1
    page.locator("#organisatie").press("Enter")
    page.locator(".profile").wait_for()


def test_a_scan_is_kept_in_this_browser_opened_and_removed(visit: Open) -> None:
    page = visit("/scan")
    assert page.locator("[data-stored]").is_hidden()
    fill_in(page)
    page.get_by_role("button", name="Bekijk het resultaat").click()
    page.get_by_role("button", name="Bewaar in deze browser").click()
    assert "Bewaard" in page.get_by_role("status").inner_text()
    assert len(json.loads(page.evaluate("localStorage.getItem('scans')"))) == 1
    page.goto("/scan")
    page.get_by_role("button", name="Open: Lindeburg").click()
    page.locator("#a-leadership-vision-5:checked").wait_for(state="attached")
    page.goto("/scan")
    page.get_by_role("button", name="Wis: Lindeburg").click()
    assert page.locator("[data-stored]").is_hidden() and json.loads(page.evaluate("localStorage.getItem('scans')")) == []


def test_a_reload_keeps_what_was_being_filled_in(visit: Open) -> None:
    page = visit("/scan")
    fill_in(page)
    page.reload()
    page.locator("#a-leadership-vision-5:checked").wait_for(state="attached")
    page.goto("/scan")
    assert not page.locator("#a-leadership-vision-5").is_checked()
