// Adds to the scan: what is being filled in survives a reload of the tab, and a scan can be kept in this browser. Nothing is
// sent anywhere; without this script the forms and files do all the work.
(() => {
  "use strict";
  const DRAFT = "scan-concept";
  const STORE = "scans";
  const MOST = 20;

  const read = (store, key, otherwise) => {
    try { return JSON.parse(store.getItem(key)) ?? otherwise; } catch { return otherwise; }
  };
  const write = (store, key, value) => {
    try { store.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  };
  const hidden = (name, value) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  };
  const button = (text, type) => {
    const made = document.createElement("button");
    Object.assign(made, { type, textContent: text, className: "utrecht-button utrecht-button--subtle" });
    return made;
  };

  // The questions: a draft for as long as the tab lives.
  const form = document.querySelector("[data-scan]");
  if (form) {
    const fresh = !form.querySelector("input[type=radio]:checked:not([value=''])");
    const draft = read(sessionStorage, DRAFT, null);
    if (draft && fresh && performance.getEntriesByType("navigation")[0]?.type !== "navigate") {
      for (const [name, value] of Object.entries(draft)) {
        for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (field.type === "radio") field.checked = field.value === value;
          else field.value = value;
        }
      }
    }
    form.addEventListener("change", () => write(sessionStorage, DRAFT, Object.fromEntries(new FormData(form))));
  }

  // What is kept in this browser: listed, opened, removed.
  const box = document.querySelector("[data-stored]");
  if (box) {
    const texts = JSON.parse(box.dataset.script);
    const list = box.querySelector("[data-list]");
    const show = () => {
      const scans = read(localStorage, STORE, []);
      box.hidden = scans.length === 0;
      list.replaceChildren(...scans.map((scan, at) => {
        const item = document.createElement("li");
        item.className = "stored__item";
        const label = [scan.organisation, scan.department, scan.date].filter(Boolean).join(", ") || texts.browser_nameless;
        const name = document.createElement("span");
        name.textContent = label;
        const open = document.createElement("form");
        Object.assign(open, { method: "post", action: "/scan/openen" });
        const opener = button(texts.browser_open, "submit");
        const remover = button(texts.browser_remove, "button");
        for (const one of [opener, remover]) one.setAttribute("aria-label", `${one.textContent}: ${label}`);
        remover.addEventListener("click", () => {
          write(localStorage, STORE, read(localStorage, STORE, []).filter((_, n) => n !== at));
          show();
        });
        open.append(hidden("scan", JSON.stringify(scan)), opener, remover);
        item.append(name, open);
        return item;
      }));
    };
    show();
  }

  // The result: keep it.
  const keep = document.querySelector("[data-keep]");
  if (keep) {
    const texts = JSON.parse(keep.dataset.script);
    const store = keep.querySelector("[data-store]");
    store.hidden = false;
    store.addEventListener("click", () => {
      const own = keep.elements.scan.value;
      const others = read(localStorage, STORE, []).filter((scan) => JSON.stringify(scan) !== own);
      const done = write(localStorage, STORE, [JSON.parse(own), ...others].slice(0, MOST));
      keep.querySelector("[data-status]").textContent = done ? texts.browser_kept : texts.browser_full;
    });
  }
})();
