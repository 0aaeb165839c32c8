// Conversations, kept in this browser only (localStorage): listed, opened, renamed, deleted and put back.
// One is {id, name, changed, turns: [{question, all}]}; `all` is the answer as the API gave it.
window.wijzer = {};
(() => {
  "use strict";
  const KEY = "wijzer.gesprekken";
  const OPEN = "wijzer.open";
  const MOST = 50;
  const form = document.getElementById("vraagformulier");
  const given = JSON.parse(form.dataset.script);
  const { texts } = given;
  const box = document.getElementById("gesprekken");
  const list = box.querySelector(".talks__list");
  const undo = box.querySelector(".talks__undo");

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const button = (name, text, act, label) => {
    const made = make("button", name, text);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  // What was put there by hand or by an earlier version is left out rather than shown half.
  const whole = (talk) => talk && typeof talk.id === "string" && typeof talk.name === "string" && Array.isArray(talk.turns)
    && talk.turns.every((turn) => typeof turn?.question === "string" && Array.isArray(turn?.all?.statements) && Array.isArray(turn.all.citations));
  const all = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(found) ? found.filter(whole) : [];
    } catch { return []; }
  };
  // Returns false when the browser keeps nothing; when it is full the oldest make room, but never the newest.
  const write = (talks) => {
    for (let kept = talks.slice(0, MOST); ; kept = kept.slice(0, -1)) {
      try {
        localStorage.setItem(KEY, JSON.stringify(kept));
        return true;
      } catch {
        if (kept.length < 2) return false;
      }
    }
  };
  const current = {
    get id() { try { return sessionStorage.getItem(OPEN); } catch { return null; } },
    set id(value) {
      try {
        if (value) sessionStorage.setItem(OPEN, value);
        else sessionStorage.removeItem(OPEN);
      } catch { /* switched off: then a conversation does not come back */ }
    },
  };
  const short = (text, most) => {
    const line = text.trim().replace(/\s+/g, " ");
    return line.length > most ? `${line.slice(0, most - 1).replace(/\s+\S*$/, "")}…` : line;
  };
  const put = (talk) => {
    const kept = write([{ ...talk, changed: new Date().toISOString() }, ...all().filter((other) => other.id !== talk.id)]);
    draw();
    return kept;
  };
  const rename = (id, name) => {
    const line = short(name, 120);
    if (line) write(all().map((talk) => (talk.id === id ? { ...talk, name: line } : talk)));
    draw();
    return line;
  };
  const remove = (gone) => {
    const before = all();
    write(before.filter((talk) => !gone.includes(talk.id)));
    draw();
    const said = gone.length === 1 ? texts.talk_deleted.replace("{name}", before.find((talk) => talk.id === gone[0])?.name) : texts.talk_deleted_all;
    const back = button("talk__button", texts.talk_undo, () => {
      write([...before.filter((talk) => gone.includes(talk.id)), ...all()].sort((a, b) => (a.changed < b.changed ? 1 : -1)));
      undo.replaceChildren();
      draw();
      list.querySelector("button")?.focus();
    });
    undo.replaceChildren(`${said} `, back);
    box.hidden = false;
    back.focus();
  };

  // Put a field where a name stands; Enter or the button keeps it, Escape leaves it.
  const edit = (place, name, done) => {
    const line = make("form", "talks__edit");
    const field = make("input", "talks__field");
    const before = [...place.childNodes];
    const back = (kept) => {
      place.replaceChildren(...before);
      done(kept);
    };
    field.value = name;
    field.maxLength = 120;
    field.setAttribute("aria-label", texts.talk_name);
    const save = make("button", "talk__button", texts.talk_save);
    line.append(field, save, button("talk__button", texts.edit_cancel, () => back(null)));
    line.addEventListener("submit", (event) => {
      event.preventDefault();
      back(field.value);
    });
    line.addEventListener("keydown", (event) => { if (event.key === "Escape") back(null); });
    place.replaceChildren(line);
    field.focus();
    field.select();
  };

  const row = (talk) => {
    const item = make("li", "talks__item");
    const named = (text) => text.replace("{name}", talk.name);
    const open = button("talks__open", talk.name, () => wijzer.talks.open?.(talk.id));
    if (talk.id === current.id) open.setAttribute("aria-current", "true");
    const when = make("span", "quiet talks__when", new Date(talk.changed).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" }));
    item.append(
      open, when,
      button("talk__button", texts.talk_rename, () => edit(item, talk.name, (name) => {
        if (name) wijzer.talks.renamed?.(talk.id, rename(talk.id, name));
        [...list.querySelectorAll(".talks__open")].find((other) => other.textContent === (name?.trim() || talk.name))?.focus();
      }), named(texts.talk_rename_n)),
      button("talk__button", texts.talk_delete, () => {
        wijzer.talks.removed?.([talk.id]);
        remove([talk.id]);
      }, named(texts.talk_delete_n)),
    );
    return item;
  };
  const draw = () => {
    const talks = all();
    list.replaceChildren(...talks.map(row));
    box.querySelector(".talks__all")?.remove();
    if (talks.length > 1) {
      list.after(button("talk__button talks__all", texts.talk_delete_all, () => {
        const ids = all().map((talk) => talk.id);
        wijzer.talks.removed?.(ids);
        remove(ids);
      }));
    }
    box.hidden = talks.length === 0 && !undo.childNodes.length;
  };

  // `open`, `renamed` and `removed` are filled in by chat.js, which shows what is open.
  wijzer.talks = { all, short, put, rename, remove, edit, draw, current, open: null, renamed: null, removed: null };
  Object.assign(wijzer, { given, texts, make, button, form });
  draw();
})();
