// Adds to the ask page: answers come as they are made, without loading the page again. Whatever goes wrong here, the form
// itself still works and is sent. The conversation stays in this tab (sessionStorage); nothing is put in as HTML.
(() => {
  "use strict";
  const form = document.getElementById("vraagformulier");
  const area = form.elements.vraag;
  const memory = form.elements.geschiedenis;
  const talk = document.getElementById("gesprek");
  const status = form.querySelector("[data-status]");
  const stop = form.querySelector("[data-stop]");
  const mould = document.getElementById("mal").content.firstElementChild;
  const { texts, kinds, sources } = JSON.parse(form.dataset.script);
  const STORE = "gesprek";
  const MOST = 10;
  let turns = talk.querySelectorAll(".turn").length;
  let stored = [];
  let running = null;

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  // Blank lines that a PDF left in the middle of a sentence: only white space changes.
  const unbroken = (text) => text.replace(/(?<=[\p{L}\d,;-])\n\n+(?=\p{Ll})/gu, " ");
  const say = (text) => { status.textContent = text; };
  const unknown = (author) => (!author || author.startsWith("Auteur ") ? texts.unknown_author : author);

  const citation = (c, anchor) => {
    const details = mould.cloneNode(true);
    const field = (name) => details.querySelector(`[data-f=${name}]`);
    const source = sources[c.source] || { apa: "", language: "nl", method: "" };
    const put = (name, text, optional) => {
      if (text || !optional) field(name).textContent = text;
      else field(name).parentElement.remove();
    };
    details.id = anchor;
    field("body").id = `${anchor}-t`;
    put("n", String(c.n));
    put("label", `${unknown(c.author)} (${c.year || texts.no_year})`);
    put("place", c.section);
    put("title", c.title);
    put("author", unknown(c.author));
    put("year", String(c.year || texts.no_year));
    put("page", c.page ? String(c.page) : "", true);
    put("kind", source.method || c.method || kinds[c.kind] || c.kind, true);
    put("apa", source.apa);
    const at = c.quote ? c.text.indexOf(c.quote) : -1;
    const before = at < 0 ? c.text : c.text.slice(0, at);
    field("text").append(unbroken(before));
    if (at >= 0) field("text").append(make("mark", "utrecht-mark", unbroken(c.quote)), unbroken(c.text.slice(at + c.quote.length)));
    for (const part of ["text", "place", "title", "apa"]) field(part).lang = source.language;
    const passage = encodeURIComponent(c.passage);
    const quoted = c.quote ? `&citaat=${c.start}-${c.end}` : "";
    const inside = c.passage.slice(c.passage.indexOf(":") + 1);
    field("reader").href = `/bronnen/${encodeURIComponent(c.source)}?passage=${passage}${quoted}#p-${encodeURIComponent(inside)}`;
    field("link").href = `/passages/${passage}`;
    window.wijzerOffer?.(details);
    return details;
  };

  // A turn on the page, with functions that add to it.
  const begin = (question) => {
    const number = (turns += 1);
    const turn = make("article", "turn");
    const heading = make("h2", "turn__question");
    heading.append(make("span", "hidden", texts.you_asked), ` ${question}`);
    const inside = make("div", "turn__in");
    const answer = make("div", "answer");
    inside.append(answer);
    turn.append(heading, inside);
    talk.hidden = false;
    talk.append(turn);
    document.getElementById("voorbeelden").hidden = true;
    document.getElementById("intro").classList.add("intro--small");
    form.querySelector("[data-new]").hidden = false;
    form.querySelector(".ask__label").textContent = texts.question_next;
    const statement = (s, language) => {
      const line = make("p", s.kind === "quote" ? "statement statement--quoted" : "statement");
      const words = make("span", "", s.text);
      if (s.kind === "quote") words.lang = "nl";
      else if (language) words.lang = language;
      line.append(words);
      for (const n of s.citations) {
        const link = make("a", "reference", String(n));
        link.href = `#c-${number}-${n}-t`;
        link.setAttribute("aria-label", texts.ref.replace("{n}", n));
        line.append(" ", link);
      }
      answer.append(line);
    };
    const finish = (all) => {
      answer.replaceChildren();
      if (all.message) {
        const said = make("p", "answer__message", all.message);
        said.lang = all.language;
        answer.append(said);
      }
      for (const s of all.statements) statement(s, all.language);
      if (all.statements.length) answer.append(make("p", "quiet", all.mode === "write" ? texts.written : texts.automated));
      const shown = all.citations.length ? all.citations : all.nearest;
      if (shown.length) {
        const list = make("div", "citations");
        list.append(make("h3", "citations__head", all.citations.length ? texts.sources_of : texts.nearest));
        for (const c of shown) list.append(citation(c, `c-${number}-${c.n}`));
        inside.append(list);
      }
      for (const old of talk.querySelectorAll(".follow")) old.remove();
      if (all.followUps.length) turn.append(followUps(all));
    };
    return { turn, statement, finish };
  };

  const followUps = (all) => {
    const box = make("div", "follow");
    box.append(make("h3", "follow__head", texts.follow_ups));
    const list = make("ul", "chips");
    for (const question of all.followUps) {
      const item = make("li");
      const button = make("button", "chip", question);
      button.type = "button";
      button.lang = all.language;
      button.addEventListener("click", () => ask(question));
      item.append(button);
      list.append(item);
    }
    box.append(list);
    return box;
  };

  const history = () => JSON.parse(memory.value || "[]");
  const remember = (question, all) => {
    const answer = all.statements.map((s) => s.text).join("\n") || all.message;
    const turn = { question, answer, language: all.language, passages: all.citations.map((c) => c.passage) };
    memory.value = JSON.stringify([...history(), turn].slice(-MOST));
  };
  const keep = (question, all) => {
    stored = [...stored, { question, all }].slice(-MOST);
    try { sessionStorage.setItem(STORE, JSON.stringify(stored)); } catch { /* full or switched off: then it is not kept */ }
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
        const part = (name) => lines.find((line) => line.startsWith(name))?.slice(name.length).trim();
        if (part("data:")) yield [part("event:"), JSON.parse(part("data:"))];
      }
    }
  }

  const ask = async (question) => {
    if (running) return;
    running = new AbortController();
    document.getElementById("fout").replaceChildren();
    area.removeAttribute("aria-invalid");
    area.classList.remove("utrecht-textarea--invalid");
    form.dataset.busy = "";
    stop.hidden = false;
    say(texts.status_busy);
    const slow = setTimeout(() => say(texts.status_slow), 4000);
    let view = null;
    let whole = null;
    try {
      const earlier = history().map(({ question: q, answer }) => ({ question: q, answer }));
      const response = await fetch("/v1/answers", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
        body: JSON.stringify({ question, history: earlier }),
        signal: running.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      view = begin(question);
      view.turn.scrollIntoView({ block: "start" });
      for await (const [name, data] of events(response)) {
        if (name === "statement") view.statement(data);
        if (name === "answer") whole = data;
      }
      if (!whole) throw new Error("cut off");
      view.finish(whole);
      remember(question, whole);
      keep(question, whole);
      area.value = "";
      say(whole.statements.length ? texts.status_done.replace("{n}", whole.citations.length) : texts.status_no);
    } catch (error) {
      if (view && !whole) { view.turn.remove(); turns -= 1; }
      area.value = question;
      if (error.name === "AbortError") say(texts.status_stopped);
      else if (!navigator.onLine) say(texts.status_offline);
      else form.submit();
    } finally {
      clearTimeout(slow);
      running = null;
      delete form.dataset.busy;
      stop.hidden = true;
    }
  };

  form.addEventListener("submit", (event) => {
    const question = area.value.trim();
    // An empty or too long question, and a button of an answer made by the server, are the server's to handle.
    if (event.submitter?.name === "vervolg") {
      event.preventDefault();
      ask(event.submitter.value);
    } else if (question && question.length <= Number(area.dataset.most)) {
      event.preventDefault();
      ask(question);
    }
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  stop.addEventListener("click", () => running?.abort());
  form.querySelector("[data-new]").addEventListener("click", () => sessionStorage.removeItem(STORE));
  form.querySelector("[data-hint]").hidden = false;

  // Coming back to an empty page in the same tab: show the conversation again.
  try {
    const before = JSON.parse(sessionStorage.getItem(STORE) || "[]");
    if (turns === 0 && !area.value && !location.search.includes("vraag=")) {
      for (const { question, all } of before) {
        begin(question).finish(all);
        remember(question, all);
      }
      stored = before;
    }
  } catch { sessionStorage.removeItem(STORE); }
})();
