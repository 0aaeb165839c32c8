// Adds to the ask page: answers come as they are made, without loading the page again, and conversations stay in the browser.
// Without this file, or where it cannot read a stream, the form itself does the same work.
(() => {
  "use strict";
  const { texts, given, form, talks, make, begin, brief } = wijzer;
  const area = form.elements.vraag;
  const memory = form.elements.geschiedenis;
  const talk = document.getElementById("gesprek");
  const bar = document.getElementById("gesprekbalk");
  const status = form.querySelector("[data-status]");
  const stop = form.querySelector("[data-stop]");
  const cancel = form.querySelector("[data-cancel]");
  const DRAFT = "wijzer.concept";
  const MODE = "wijzer.modus";
  const MOST = 20;
  const LETTERS = 36000;
  const NAME = 80;
  const SLOW = 4000;
  let open = { id: "", name: "", turns: [] };
  let running = null;
  let changing = null;

  const say = (text) => { status.textContent = text; };
  const shown = () => [...talk.querySelectorAll(".turn")];

  // The form carries the same conversation, so that it works the same when it is sent without us.
  const carry = (turns) => {
    const rows = turns.slice(-MOST).map(brief);
    while (rows.length > 1 && JSON.stringify(rows).length > LETTERS) rows.shift();
    memory.value = JSON.stringify(rows);
  };
  const frame = () => {
    const any = shown().length > 0;
    talk.hidden = bar.hidden = !any;
    document.getElementById("voorbeelden").hidden = any;
    document.getElementById("intro").classList.toggle("intro--small", any);
    form.querySelector(".ask__label").textContent = any ? texts.question_next : texts.question;
    const only = open.turns.length === 1 && talks.short(open.turns[0].question, NAME) === open.name; // then the name stands below it already
    bar.querySelector("[data-name]").textContent = only ? "" : open.name;
    for (const name of ["[data-rename]", "[data-delete]"]) bar.querySelector(name).hidden = !open.id;
  };
  const keep = () => {
    open.id ||= crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`;
    open.name ||= talks.short(open.turns[0].question, NAME);
    talks.current.id = open.id;
    carry(open.turns);
    return talks.put(open);
  };
  const show = (found) => {
    talk.querySelectorAll(".turn, .quiet").forEach((one) => one.remove());
    open = structuredClone(found);
    talks.current.id = open.id;
    open.turns.forEach(({ question, all }, at) => begin(question, at + 1, false).finish(all, at === open.turns.length - 1));
    carry(open.turns);
    frame();
    talks.draw();
  };
  const close = () => {
    talk.replaceChildren();
    open = { id: "", name: "", turns: [] };
    talks.current.id = null;
    memory.value = "[]";
    leave();
    frame();
  };

  // Change a question: the turns from there on are replaced when the new answer is there, and stay until then.
  wijzer.change = (at) => {
    if (running) return;
    leave();
    changing = at;
    area.value = open.turns[at].question;
    shown().slice(at).forEach((turn) => turn.classList.add("turn--old"));
    cancel.hidden = false;
    say(texts.edit_says);
    area.focus();
  };
  const leave = () => {
    if (changing !== null) area.value = "";
    changing = null;
    shown().forEach((turn) => turn.classList.remove("turn--old"));
    cancel.hidden = true;
    say("");
  };

  // Server-sent events of one answer, as [name, data].
  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      held += value;
      for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
        const lines = held.slice(0, end).split("\n");
        held = held.slice(end + 2);
        const part = (name) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).trim()).join("\n");
        if (part("data:")) yield [part("event:"), JSON.parse(part("data:"))];
      }
    }
  }
  // Errors carry `said`, what the reader should know.
  const told = (said) => Object.assign(new Error(said), { said });
  const request = async (body, accept) => {
    const headers = { "Content-Type": "application/json", Accept: accept };
    const response = await fetch("/v1/answers", { method: "POST", headers, body: JSON.stringify(body), signal: running.signal });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw told(response.status === 429 ? texts.e429_text : problem.detail || texts.status_failed);
  };
  // A stream that something on the way broke off is asked for once more in one piece.
  const answered = async (body, view) => {
    const waiting = [];
    let drawn = 0;
    const draw = () => {
      drawn = 0;
      for (const one of waiting.splice(0)) view.statement(one);
    };
    try {
      for await (const [name, data] of events(await request(body, "text/event-stream"))) {
        if (name === "answer") return data;
        if (name === "statement") waiting.push(data);
        if (name === "withdrawn") {
          waiting.length = 0;
          view.withdraw();
        }
        drawn ||= setTimeout(draw, 30); // an answer that comes in one go is drawn in one go
      }
    } catch (error) {
      if (error.name === "AbortError" || error.said || error instanceof TypeError) throw error;
    } finally {
      clearTimeout(drawn);
    }
    return (await request(body, "application/json")).json();
  };

  const ask = async (question) => {
    if (running) return;
    running = new AbortController();
    shown().filter((turn) => "failed" in turn.dataset).forEach((turn) => turn.remove());
    const at = changing ?? open.turns.length;
    const replaced = shown().slice(at);
    replaced.forEach((turn) => { turn.hidden = true; });
    document.getElementById("fout").replaceChildren();
    area.removeAttribute("aria-invalid");
    area.classList.remove("utrecht-textarea--invalid");
    form.dataset.busy = "";
    stop.hidden = false;
    cancel.hidden = true;
    const view = begin(question, at + 1, true);
    frame();
    area.value = "";
    area.focus({ preventScroll: true });
    view.turn.scrollIntoView({ block: "start" });
    say(texts.status_busy);
    const slow = setTimeout(() => say(texts.status_slow), SLOW);
    try {
      const turns = open.turns.slice(0, at);
      const history = turns.slice(-MOST).map(({ question: q, all }) => ({
        question: q, answer: all.statements.map((s) => s.text).join("\n").slice(0, 20000) || all.message,
      }));
      const mode = form.elements.modus?.value; // the reader's choice, where there is one
      const all = await answered({ question, history, ...(mode && { mode }) }, view);
      view.finish(all, true);
      replaced.forEach((turn) => turn.remove());
      open.turns = [...turns, { question, all }];
      changing = null;
      const kept = keep();
      frame();
      document.title = `${talks.short(question, 60)} - Innovatiewijzer`;
      say(kept ? (all.statements.length ? texts.status_done.replace("{n}", all.citations.length) : texts.status_no) : texts.talk_full);
    } catch (error) {
      replaced.forEach((turn) => { turn.hidden = false; });
      area.value = area.value || question;
      if (error.name === "AbortError") {
        view.turn.remove();
        say(texts.status_stopped);
      } else {
        const again = () => {
          area.value = "";
          ask(question);
        };
        view.fail(error.said || (error instanceof TypeError ? (navigator.onLine ? texts.status_away : texts.status_offline) : texts.status_failed), again);
        say(texts.status_error);
      }
      cancel.hidden = changing === null;
      frame();
    } finally {
      clearTimeout(slow);
      running = null;
      delete form.dataset.busy;
      stop.hidden = true;
    }
  };
  wijzer.ask = ask;

  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    const question = pressed?.name === "vervolg" ? pressed.value : area.value.trim();
    if (pressed?.name === "wijzig") {
      event.preventDefault();
      wijzer.change(Number(pressed.value));
      return;
    }
    // What the server does better: files, the other language, and saying that a question is empty or too long.
    if (pressed && ["vorm", "toon"].includes(pressed.name)) return;
    if (running || (question && question.length <= Number(area.dataset.most))) {
      event.preventDefault(); // an empty question now would take away the page with the answer that is coming
      ask(question);
    }
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".utrecht-button--primary-action"));
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (running) running.abort();
    else if (changing !== null) leave();
  });
  stop.addEventListener("click", () => { running?.abort(); area.focus(); });
  cancel.addEventListener("click", () => { leave(); area.focus(); });
  document.getElementById("voorbeelden").addEventListener("click", (event) => {
    const link = event.target.closest("a.chip");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.textContent);
  });
  bar.querySelector("[data-new]").addEventListener("click", () => {
    talks.current.id = null;
    area.value = "";
  });
  const menu = bar.querySelector("details");
  bar.querySelector("[data-rename]").addEventListener("click", () => {
    menu.open = false;
    talks.edit(bar.querySelector("[data-name]"), open.name, (name) => {
      if (name) open.name = talks.rename(open.id, name) || open.name;
      frame();
      menu.querySelector("summary").focus();
    });
  });
  bar.querySelector("[data-delete]").addEventListener("click", () => {
    const { id } = open;
    menu.open = false;
    close();
    talks.remove([id]);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  talks.open = (id) => {
    const found = talks.all().find((one) => one.id === id);
    if (!found || running) return;
    leave();
    show(found);
    talk.scrollIntoView({ block: "start" });
    area.focus({ preventScroll: true });
  };
  talks.renamed = (id, name) => {
    if (id === open.id) open.name = name;
    frame();
  };
  talks.removed = (ids) => { if (ids.includes(open.id)) close(); };
  window.addEventListener("offline", () => say(texts.status_offline));
  window.addEventListener("online", () => say(texts.status_online));
  window.addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(DRAFT, area.value);
      sessionStorage.setItem(MODE, form.elements.modus?.value || "");
    } catch { /* not kept */ }
  });
  form.dataset.script = ""; // read; from here on Enter sends, as the hint says
  if (!area.hasAttribute("aria-describedby")) area.setAttribute("aria-describedby", "hint");

  // What the server put on the page becomes the open conversation; else the one that was open in this tab comes back.
  const questions = (turns) => JSON.stringify(turns.map((turn) => turn.question));
  if (given.turns.length) {
    const id = talks.current.id;
    const known = talks.all().find((one) => questions(one.turns) === questions(given.turns))
      || talks.all().find((one) => one.id === id && given.posted && questions(one.turns).startsWith(questions(given.turns.slice(0, -1)).slice(0, -1)));
    open = { id: known?.id || "", name: known?.name || "", turns: given.turns };
    keep();
    if (given.posted) history.replaceState(null, "", "/");
    frame();
  } else if (!area.value && !location.search.includes("vraag=")) {
    const found = talks.all().find((one) => one.id === talks.current.id);
    if (found) show(found);
    try {
      area.value = sessionStorage.getItem(DRAFT) || "";
      const mode = sessionStorage.getItem(MODE);
      if (mode && form.elements.modus) form.elements.modus.value = mode;
    } catch { /* not kept */ }
  }
})();
