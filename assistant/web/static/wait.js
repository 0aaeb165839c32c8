// Adds to a form that takes a while: what happens is said, and a second press does not ask twice.
(() => {
  "use strict";
  const SLOW = 4000;
  for (const form of document.querySelectorAll("form[data-wait]")) {
    const status = form.querySelector("[data-status]");
    if (!status) continue;
    let slow = 0;
    const wait = () => {
      form.dataset.busy = "";
      status.textContent = form.dataset.wait;
      slow = setTimeout(() => { status.textContent = form.dataset.slow; }, SLOW);
    };
    const rest = () => {
      clearTimeout(slow);
      delete form.dataset.busy;
      status.textContent = "";
    };
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formaction")) return; // a file: the page stays
      if ("busy" in form.dataset) event.preventDefault();
      else wait();
    });
    for (const link of document.querySelectorAll("a[data-wait]")) {
      link.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) wait(); });
    }
    // Back to this page by the browser's own button: it waits for nothing any more.
    window.addEventListener("pageshow", (event) => { if (event.persisted) rest(); });
  }
})();
