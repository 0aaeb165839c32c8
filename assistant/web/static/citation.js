// Adds to citations what a page alone cannot do: a number opens its passage and goes there, a button copies a reference.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const open = (hash) => {
    const body = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const details = body && body.closest("details.citation");
    if (!details) return false;
    for (let outer = details; outer; outer = outer.parentElement.closest("details")) outer.open = true;
    details.querySelector("summary").focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    return true;
  };

  document.addEventListener("click", async (event) => {
    const reference = event.target.closest("a.reference");
    if (reference && open(reference.hash)) {
      event.preventDefault();
      return;
    }
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const label = button.textContent;
    const found = button.parentElement.querySelector(`[data-f=${button.dataset.copy || "apa"}]`);
    await navigator.clipboard.writeText((found.value || found.textContent).trim());
    button.textContent = `${label} ✓`;
    setTimeout(() => { button.textContent = label; }, 2500);
  });

  // Copying needs a secure origin; elsewhere the button stays away.
  const offer = (root) => {
    if (navigator.clipboard) for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  };
  offer(document);
  if (window.wijzer) window.wijzer.offer = offer;
})();
