// Shows a page of a PDF with the quote marked. pdf.js and its worker come from our own address and only on this page.
const box = document.getElementById("pdf");
const { file, quote, library, worker, fonts } = box.dataset;
const said = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), box.dataset[name]);
const frame = box.querySelector(".pdf__frame");
const holder = box.querySelector(".pdf__page");
const canvas = holder.querySelector("canvas");
const layer = holder.querySelector(".textLayer");
const status = box.querySelector("[data-status]");
const number = document.getElementById("pagina");
const labels = JSON.parse(box.dataset.labels); // what is printed on a sheet, where that is another number
let first = Number(box.dataset.page);
let pdfjs = null;
let pdf = null;
let page = first;
let zoom = 1;
let drawing = null;

const letters = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");

// Where a text begins and ends among the letters of the page: whole, else the longest part of it that this page holds, for a
// quote may begin on the page before or go on after this one.
const place = (held, wanted) => {
  const whole = held.indexOf(wanted);
  if (whole >= 0) return [whole, whole + wanted.length];
  for (let size = wanted.length - 1; size >= Math.min(24, wanted.length); size = Math.floor(size * 0.8)) {
    const begin = held.indexOf(wanted.slice(0, size));
    if (begin >= 0) return [begin, begin + size];
    const end = held.indexOf(wanted.slice(-size));
    if (end >= 0) return [end, end + size];
  }
  return null;
};

// The page given is where the passage begins; the quote may stand on one of the next.
const home = async () => {
  const wanted = letters(quote);
  if (!wanted) return first;
  for (const number of [first, first + 1, first + 2, first - 1]) {
    if (number < 1 || number > pdf.numPages) continue;
    const { items } = await (await pdf.getPage(number)).getTextContent();
    if (letters(items.map((item) => item.str || "").join("")).includes(wanted)) return number;
  }
  return first;
};

const mark = (spans) => {
  const wanted = letters(quote);
  if (!wanted) return null;
  // Of every letter on the page: in which span it stands, and where there.
  const where = [];
  let held = "";
  spans.forEach((span) => {
    [...span.textContent].forEach((character, at, all) => {
      const own = letters(character);
      const offset = all.slice(0, at).join("").length;
      for (const one of own) {
        held += one;
        where.push([span, offset, offset + character.length]);
      }
    });
  });
  const found = place(held, wanted);
  if (!found) return null;
  const ranges = new Map();
  for (const [span, begin, end] of where.slice(...found)) {
    const range = ranges.get(span) || [begin, end];
    ranges.set(span, [Math.min(range[0], begin), Math.max(range[1], end)]);
  }
  let top = null;
  for (const [span, [begin, end]] of ranges) {
    const text = span.textContent;
    const marked = document.createElement("mark");
    marked.textContent = text.slice(begin, end);
    span.replaceChildren(text.slice(0, begin), marked, text.slice(end));
    top ||= marked;
  }
  return top;
};

const draw = async () => {
  drawing?.cancel();
  status.textContent = said("sayBusy");
  const shown = await pdf.getPage(page);
  const plain = shown.getViewport({ scale: 1 });
  const fit = Math.min((frame.clientWidth - 18) / plain.width, 1.6);
  const viewport = shown.getViewport({ scale: Math.max(fit * zoom, 0.2) });
  const sharp = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.floor(viewport.width * sharp);
  canvas.height = Math.floor(viewport.height * sharp);
  holder.style.setProperty("--pdf-width", `${viewport.width}px`);
  holder.style.setProperty("--pdf-height", `${viewport.height}px`);
  holder.style.setProperty("--total-scale-factor", viewport.scale);
  drawing = shown.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] });
  try {
    await drawing.promise;
  } catch (error) {
    if (error.name === "RenderingCancelledException") return;
    throw error;
  }
  layer.replaceChildren();
  const text = new pdfjs.TextLayer({ textContentSource: await shown.getTextContent(), container: layer, viewport });
  await text.render();
  const top = mark(text.textDivs);
  if (top) frame.scrollTop = Math.max(0, top.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop - frame.clientHeight / 3);
  const label = labels[page] ? said("sayLabel", { label: labels[page] }) : "";
  const values = { n: page, all: pdf.numPages, label };
  const about = top ? said("sayFound") : quote && page === first ? said("sayLost") : "";
  status.textContent = about ? `${said("sayPage", values)}. ${about}` : said("sayPage", values);
  number.value = page;
  number.max = pdf.numPages;
  box.querySelector("[data-count]").textContent = `/ ${pdf.numPages}`;
  for (const button of box.querySelectorAll("[data-step]")) {
    const to = page + Number(button.dataset.step);
    button.disabled = to < 1 || to > pdf.numPages;
  }
  document.querySelector("[data-title]").textContent = said("sayTitle", values);
  document.querySelector("a[data-file]").hash = `page=${page}`;
};
const failed = () => {
  status.textContent = said("sayFailed");
  frame.hidden = true;
};
const turn = (to) => {
  page = Math.min(Math.max(Math.round(to) || 1, 1), pdf.numPages);
  frame.scrollTop = 0;
  draw().catch(failed);
};

box.hidden = false;
status.textContent = said("sayBusy");
try {
  pdfjs = await import(new URL(library, location.href));
  pdfjs.GlobalWorkerOptions.workerSrc = worker;
  pdf = await pdfjs.getDocument({ url: file, standardFontDataUrl: fonts, useWasm: false, enableXfa: false, stopAtErrors: false }).promise;
  first = Math.min(first, pdf.numPages);
  page = first = await home();
  await draw();
  box.dataset.ready = "";
} catch {
  failed();
}
if (pdf) {
  for (const button of box.querySelectorAll("[data-step]")) button.addEventListener("click", () => turn(page + Number(button.dataset.step)));
  for (const button of box.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      zoom = Math.min(Math.max(zoom * (Number(button.dataset.zoom) > 0 ? 1.25 : 0.8), 0.5), 3);
      draw().catch(failed);
    });
  }
  number.addEventListener("change", () => turn(Number(number.value)));
}
