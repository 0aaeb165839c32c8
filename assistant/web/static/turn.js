// A question with its answer on the page. Everything goes in as text, never as HTML.
(() => {
  "use strict";
  const { texts, make, button, given } = wijzer;
  const { kinds, sources } = given;
  const talk = document.getElementById("gesprek");
  const mould = document.getElementById("mal").content.firstElementChild;
  const judge = document.getElementById("mal-oordeel")?.content.firstElementChild;

  // As `unbroken` in views.py: without blank lines in the middle of a sentence, and without the asterisks of *emphasis*.
  const BROKEN = /(?<=[\p{L}\d,;-])\n\n+(?=\p{Ll})/gu;
  const EMPHASIS = /(?<![\p{L}\d_*])\*(?=[^\s*\d])|(?<=[^\s*\d])\*(?![\p{L}\d_*])/gu;
  const unbroken = (text) => text.replace(BROKEN, " ").replace(EMPHASIS, "");
  const unknown = (author) => (!author || author.startsWith("Auteur ") ? texts.unknown_author : author);

  const citation = (c, anchor, own) => {
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
    const printed = c.pageLabel || String(c.page || "");
    const apart = c.sheet && printed !== String(c.sheet);
    put("page", apart ? texts.page_sheet.replace("{n}", printed).replace("{sheet}", c.sheet) : printed, true);
    put("kind", source.method || c.method || kinds[c.kind] || c.kind, true);
    put("apa", source.apa);
    const at = c.quote ? c.text.indexOf(c.quote) : -1;
    field("text").append(unbroken(at < 0 ? c.text : c.text.slice(0, at)));
    if (at >= 0) field("text").append(make("mark", "utrecht-mark", unbroken(c.quote)), unbroken(c.text.slice(at + c.quote.length)));
    for (const part of ["place", "title", "apa"]) field(part).lang = source.language;
    field("text").lang = c.basis === "notes" ? own : source.language;
    const passage = encodeURIComponent(c.passage);
    const book = `/bronnen/${encodeURIComponent(c.source)}`;
    const quoted = c.quote ? `${c.start}-${c.end}` : "";
    const inside = encodeURIComponent(c.passage.slice(c.passage.indexOf(":") + 1));
    field("reader").href = `${book}?passage=${passage}${quoted && `&citaat=${quoted}`}#p-${inside}`;
    field("link").href = `/passages/${passage}${quoted && `?citaat=${quoted}`}`;
    if (c.page && quoted) field("pdf").href = `${book}/pdf?passage=${passage}&citaat=${quoted}`;
    else field("pdf").remove();
    wijzer.offer?.(details);
    return details;
  };

  const followUps = (all) => {
    const box = make("div", "follow");
    box.append(make("h3", "follow__head", texts.follow_ups));
    const list = make("ul", "chips");
    for (const question of all.followUps) {
      const item = make("li");
      const chip = button("chip", question, () => wijzer.ask(question));
      chip.lang = all.language;
      item.append(chip);
      list.append(item);
    }
    box.append(list);
    return box;
  };

  // What the form remembers of a turn; the same fields as in conversation.py.
  const brief = ({ question, all }) => {
    const cited = (citations) => (citations || []).map(({ n, passage, start, end }) => ({ n, passage, start, end }));
    const { language, status, mode, message, statements, followUps: next, receipt } = all;
    const made = { index: receipt?.index || "", model: receipt?.model || null, prompts: receipt?.prompts || {} };
    return {
      question, language, status, mode, message, made, citations: cited(all.citations), nearest: cited(all.nearest), followUps: next,
      statements: statements.map(({ text, citations, kind }) => ({ text, citations, kind })),
    };
  };

  // Put a turn on the page, numbered from 1, and return what can be added to it. `live`: what comes is announced, each once.
  const begin = (question, number, live) => {
    const turn = make("article", "turn");
    const head = make("div", "turn__head");
    const heading = make("h2", "turn__question");
    heading.append(make("span", "hidden", texts.you_asked), ` ${question}`);
    head.append(heading, button("turn__edit", texts.edit, () => wijzer.change(number - 1), texts.edit_n.replace("{n}", number)));
    const inside = make("div", "turn__in");
    const said = make("div", "turn__said");
    const answer = make("div", "answer");
    const wait = make("div", "wait");
    wait.setAttribute("aria-hidden", "true");
    wait.append(make("span"), make("span"), make("span"));
    if (live) {
      answer.setAttribute("aria-live", "polite");
      turn.classList.add("turn--new");
    }
    said.append(answer);
    if (live) said.append(wait);
    inside.prepend(said);
    turn.append(head, inside);
    talk.append(turn);
    const shown = [];

    const line = (s, language, cited) => {
      const made = make("p", s.kind === "quote" ? "statement statement--quoted" : "statement");
      const words = make("span", "", s.text);
      const from = cited.find((c) => c.n === s.citations[0]);
      words.lang = s.kind === "quote" ? sources[from?.source]?.language || "nl" : language;
      made.append(words);
      for (const n of s.citations) {
        const link = make("a", "reference", String(n));
        link.href = `#c-${number}-${n}-t`;
        link.lang = document.documentElement.lang;
        link.setAttribute("aria-label", texts.ref.replace("{n}", n));
        made.append("\u00a0", link);
      }
      return made;
    };
    const key = (s) => JSON.stringify([s.text, s.citations, s.kind]);
    const statement = (s, language) => {
      wait.remove();
      answer.append(line(s, language || document.documentElement.lang, s.cited || []));
      shown.push(key(s));
    };
    const withdraw = () => {
      answer.replaceChildren();
      shown.length = 0;
    };
    const finish = (all, last) => {
      wait.remove();
      // A sentence that stands there already stays as it is, so that it is not read out again and nothing moves.
      const same = shown.every((one, at) => all.statements[at] && one === key(all.statements[at]));
      if (!same) withdraw();
      answer.lang = all.language;
      for (const s of all.statements.slice(shown.length)) answer.append(line(s, all.language, all.citations));
      if (all.message) answer[shown.length ? "append" : "prepend"](make("p", "answer__message", all.message));
      if (all.statements.length) said.append(make("p", "quiet", all.mode === "write" ? texts.written : texts.automated));
      if (judge && live) said.append(judgement({ question, all }));
      const passages = all.citations.length ? all.citations : all.nearest || [];
      if (passages.length) {
        const list = make("div", "citations");
        list.append(make("h3", "citations__head", all.citations.length ? texts.sources_of : texts.nearest));
        for (const c of passages) list.append(citation(c, `c-${number}-${c.n}`, all.language));
        inside.append(list);
      }
      for (const old of talk.querySelectorAll(".follow")) old.remove();
      if (last && all.followUps?.length) turn.append(followUps(all));
    };
    const fail = (message, retry) => {
      wait.remove();
      answer.replaceChildren();
      turn.dataset.failed = "";
      const box = make("div", "utrecht-alert utrecht-alert--error alert");
      box.append(make("p", "utrecht-paragraph", message));
      box.append(button("utrecht-button utrecht-button--secondary-action", texts.status_again, retry));
      said.append(box);
      head.querySelector(".turn__edit").remove();
    };
    return { turn, statement, withdraw, finish, fail };
  };

  const judgement = (turn) => {
    const made = judge.cloneNode(true);
    made.elements.geschiedenis.value = JSON.stringify([brief(turn)]);
    return made;
  };
  // A judgement is sent without leaving the page; if that fails, what was written stays.
  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (!sent.matches("form.judge")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(sent, event.submitter));
    let said = texts.status_away;
    try {
      const response = await fetch("/oordeel", { method: "POST", body, headers: { Accept: "application/json" } });
      if (response.ok) said = "";
      else said = response.status === 429 ? texts.e429_text : texts.status_failed;
    } catch { /* no connection: said below */ }
    sent.querySelector(".judge__said")?.remove();
    const told = make("p", "judge__said", said || texts.judged);
    told.setAttribute("role", "status");
    told.tabIndex = -1;
    if (said) sent.append(told);
    else sent.replaceWith(told);
    told.focus();
  });

  Object.assign(wijzer, { begin, brief });
})();
