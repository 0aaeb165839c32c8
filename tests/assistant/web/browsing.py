"""What tests of pages in a browser share: what is asked, and what a page is held to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
SITUATION = "Mijn afdelingsdirecteur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."
Open = Callable[..., Any]
both = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


def fits(page: Any) -> bool:
    """True when nothing is wider than the screen."""
    boxes = (page.locator(name).bounding_box() for name in ("main", "header"))
    wide = page.evaluate_handle("document.documentElement").evaluate("e => e.scrollWidth <= e.clientWidth")
    return bool(wide and all(box["width"] <= page.viewport_size["width"] for box in boxes))


def tab_to(page: Any, found: Any) -> None:
    """Press Tab until the element has the focus, and see that what has it is shown and stands clear of the form below."""
    for _ in range(120):
        if found.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"the keyboard does not reach {found}")
    assert found.evaluate(
        """e => { const box = e.getBoundingClientRect(), x = box.x + Math.min(box.width, innerWidth) / 2;
        const ys = [box.top + 3, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2, box.bottom - 3];
        return ys.some(y => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); }); }"""
    ), "the focus is hidden"


_RUN = """options => axe.run(document, {resultTypes: ["violations"], ...options})
  .then(found => found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"""
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


class Axe:
    """Hold pages to axe: everything in the light theme, what depends on colours in the dark one too. `found`: what is wrong, by page."""

    def __init__(self, script: str) -> None:
        self.found: dict[str, Any] = {}
        self._script = script

    def check(self, page: Any, name: str, unfold: bool = False) -> None:
        """Check a page as it is now, or with all that is folded opened."""
        if unfold:
            page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
        page.evaluate(self._script)
        for dark, options in ((False, {}), (True, _COLOURS)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            violations = page.evaluate(_RUN, options)
            if violations:
                self.found[f"{name}, {'dark' if dark else 'light'}"] = violations
        page.emulate_media(color_scheme="light")
