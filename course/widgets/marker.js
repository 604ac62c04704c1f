// Marking text. Offsets count code points, as Python's `str` does; words are the units of selection.
const WORD = /(?:\p{L}\.){2,}|[\p{L}\p{N}]+(?:(?:['’\-.,:](?=[\p{L}\p{N}]))[\p{L}\p{N}]+)*|[^\s]/gu;
const HELP = [
  ["Mouse", "drag over words, then press a label. Shift and click extends to a word."],
  ["Touch", "tap a word; Longer and Shorter change the selection; then tap a label."],
  ["← → ↑ ↓", "go from word to word and from line to line; with Shift, extend the selection."],
  ["Home, End", "first and last word of the line; with Ctrl, of the text. Page Up, Page Down: a paragraph."],
  ["Delete", "remove the marks that touch the selection."],
  ["Ctrl + Z, Ctrl + Y", "undo, and do again. Ctrl + A: select all. Escape: select one word only."],
];

function render({ model, el }) {
  const { body, said, stop, send, old } = frame(model, el, "marker");
  const labels = model.get("labels");
  const names = labels.map((one) => one.name);
  const letter = Object.fromEntries(labels.map((one) => [one.name, one.key]));
  const keys = Object.fromEntries(labels.map((one) => [one.key, one.name]));
  const past = [];
  const future = [];
  let marks = model.get("state");
  let selection = { from: 0, to: 0 }; // where it began, and where it goes to
  let beside = false;
  let sending = null;

  // --- the text, word by word ---
  const { paper, words, gaps } = paragraphs(model.get("text"));
  paper.setAttribute("aria-label", `${model.get("heading")}: the text, word by word`);
  const range = () => [Math.min(selection.from, selection.to), Math.max(selection.from, selection.to)];
  const chosen = () => { const [first, last] = range(); return [words[first].start, words[last].end]; };
  const characters = Array.from(model.get("text"));
  const read = ([start, end]) => characters.slice(start, end).join("").replace(/\s+/g, " ");
  const touches = (word, [start, end]) => word.start < end && start < word.end;

  let painted = [0, -1];
  let current = 0;
  function paintSelection() {
    const [first, last] = range();
    for (let i = painted[0]; i <= painted[1]; i += 1) if (i < first || i > last) select(i, false);
    for (let i = first; i <= last; i += 1) if (i < painted[0] || i > painted[1]) select(i, true);
    words[current].node.classList.remove("cc-cursor");
    current = selection.to;
    words[current].node.classList.add("cc-cursor");
    painted = [first, last];
    paper.setAttribute("aria-activedescendant", words[current].node.id);
  }
  function select(i, on) {
    words[i].node.classList.toggle("cc-selected", on);
    words[i].node.setAttribute("aria-selected", String(on));
    if (gaps[i]) gaps[i].classList.toggle("cc-selected", on && i < range()[1]);
  }
  function move(to, extend) {
    to = Math.max(0, Math.min(words.length - 1, to));
    selection = { from: extend ? selection.from : to, to };
    paintSelection();
    words[to].node.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // --- marks ---
  function paintMarks([first, last] = [0, words.length - 1]) {
    const other = beside ? model.get("other") : {};
    for (let i = first; i <= last; i += 1) {
      const word = words[i];
      const own = names.filter((name) => marks[name].some((span) => touches(word, span)));
      const theirs = names.filter((name) => (other[name] || []).some((span) => touches(word, span)));
      const begins = own.filter((name) => marks[name].some((span) => touches(word, span) && !(i && touches(words[i - 1], span))));
      const look = [...own.map((name) => `cc-on-${name}`), ...theirs.map((name) => `cc-other-${name}`)].join(" ");
      if (look === word.look && begins.join() === word.begins) continue;
      for (const name of (word.look || "").split(" ").filter(Boolean)) word.node.classList.remove(name);
      if (look) word.node.classList.add(...look.split(" "));
      word.look = look;
      word.begins = begins.join();
      if (begins.length) word.node.dataset.begins = begins.map((name) => letter[name].toUpperCase()).join(" ");
      else delete word.node.dataset.begins;
      if (own.length) word.node.setAttribute("aria-label", `${word.node.textContent}, ${own.join(" and ")}`);
      else word.node.removeAttribute("aria-label");
    }
    for (let i = Math.max(0, first - 1); i <= last; i += 1) {
      const gap = gaps[i];
      if (!gap) continue;
      const both = (span) => touches(words[i], span) && touches(words[i + 1], span);
      gap.className = ["cc-gap", gap.classList.contains("cc-selected") ? "cc-selected" : "",
        ...names.filter((name) => marks[name].some(both)).map((name) => `cc-on-${name}`),
        ...names.filter((name) => (other[name] || []).some(both)).map((name) => `cc-other-${name}`)].join(" ");
    }
    list.replaceChildren(...names.map((name) => entry(name, other)));
    undo.disabled = !past.length;
    redo.disabled = !future.length;
    compare.hidden = !Object.keys(model.get("other")).length;
    compare.setAttribute("aria-pressed", String(beside));
  }
  function entry(name, other) {
    const own = marks[name].map((span) => {
      const off = h("button", { type: "button", class: "cc-button cc-off", "aria-label": `Remove the mark ${name}: ${read(span)}` }, "✕");
      off.addEventListener("click", () => {
        change({ ...marks, [name]: marks[name].filter((one) => one !== span) }, `Removed: ${name}.`);
        paper.focus();
      });
      return h("li", {}, h("span", {}, read(span)), off);
    });
    const theirs = (other[name] || []).map(read).join(" … ") || "nothing";
    const equal = JSON.stringify(marks[name]) === JSON.stringify(other[name] || []);
    return h("div", { class: "cc-entry" },
      h("dt", { class: `cc-on-${name}` }, name),
      h("dd", {}, own.length ? h("ul", {}, ...own) : h("span", { class: "cc-none" }, "not marked yet"),
        beside ? h("p", { class: `cc-theirs cc-other-${name}` }, `${model.get("other_name")}: ${theirs} `, h("strong", {}, equal ? "(the same)" : "(differs)")) : null));
  }
  function change(next, words_) {
    past.push(marks);
    future.length = 0;
    take(next, words_);
  }
  function take(next, words_) {
    const changed = differing(marks, next);
    marks = next;
    paintMarks(changed);
    said.textContent = words_;
    clearTimeout(sending);
    sending = setTimeout(flush, 30); // the eye first, then the kernel
  }
  function flush() {
    if (sending === null) return;
    clearTimeout(sending);
    sending = null;
    send(marks);
  }
  /** The first and the last word on which two sets of marks differ, and their neighbours. */
  function differing(one, two) {
    const only = (a, b) => names.flatMap((name) => a[name].filter((span) => !b[name].some((other) => other[0] === span[0] && other[1] === span[1])));
    const spans = [...only(one, two), ...only(two, one)];
    const start = Math.min(...spans.map((span) => span[0]));
    const end = Math.max(...spans.map((span) => span[1]));
    const first = words.findIndex((word) => word.end > start);
    let last = first;
    while (words[last + 1] && words[last + 1].start < end) last += 1;
    return [Math.max(0, first - 1), Math.min(words.length - 1, last + 1)];
  }
  function label(name) {
    const span = chosen();
    const same = marks[name].some((one) => one[0] === span[0] && one[1] === span[1]);
    const rest = marks[name].filter((one) => !(one[0] < span[1] && span[0] < one[1]));
    const next = same ? rest : [...rest, span].sort((a, b) => a[0] - b[0]);
    change({ ...marks, [name]: next }, same ? `No longer marked as ${name}: “${read(span)}”.` : `Marked as ${name}: “${read(span)}”.`);
  }
  function remove() {
    const span = chosen();
    const next = Object.fromEntries(names.map((name) => [name, marks[name].filter((one) => !(one[0] < span[1] && span[0] < one[1]))]));
    if (JSON.stringify(next) === JSON.stringify(marks)) said.textContent = "There is no mark on the selected words.";
    else change(next, `Removed the marks on “${read(span)}”.`);
  }
  function step(from, to, words_) {
    if (!from.length) return;
    to.push(marks);
    take(from.pop(), words_);
  }

  // --- hands ---
  const stepBack = () => step(past, future, "Undone.");
  const stepOn = () => step(future, past, "Done again.");
  const press = (text, title, call, more = {}) => h("button", { type: "button", class: "cc-button", title, onclick: call, ...more }, ...[].concat(text));
  // A press keeps the selection, and the keyboard stays where it was.
  const keep = (event) => event.preventDefault();
  const bar = h("div", { class: "cc-bar", role: "toolbar", "aria-label": "Mark the selected words", onpointerdown: keep, onmousedown: keep },
    ...labels.map((one) => press([h("kbd", { class: `cc-on-${one.name}` }, one.key.toUpperCase()), ` ${one.name}`], one.means, () => label(one.name), { "aria-keyshortcuts": one.key })),
    h("span", { class: "cc-split", "aria-hidden": "true" }));
  const undo = press("Undo", "Ctrl + Z", stepBack);
  const redo = press("Redo", "Ctrl + Y", stepOn);
  const compare = press("Compare", "Show both readings", () => { beside = !beside; paintMarks(); said.textContent = beside ? `You also see the reading of ${model.get("other_name")}.` : "You see your own marks only."; });
  bar.append(press("Shorter", "One word fewer", () => move(selection.to - Math.sign(selection.to - selection.from), true)),
    press("Longer", "One word more", () => move(selection.to + (selection.to < selection.from ? -1 : 1), true)),
    press("Remove", "Delete", remove), undo, redo, compare);
  roving(bar);

  const goes = {
    ArrowRight: () => selection.to + 1,
    ArrowLeft: () => selection.to - 1,
    ArrowDown: () => line(1),
    ArrowUp: () => line(-1),
    Home: (far) => (far ? 0 : edge(-1)),
    End: (far) => (far ? words.length - 1 : edge(1)),
    PageDown: () => paragraph(1),
    PageUp: () => paragraph(-1),
  };
  paper.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let call = null;
    if (goes[key] && !event.altKey) call = () => move(goes[key](command), event.shiftKey);
    else if (command && key === "z") call = event.shiftKey ? stepOn : stepBack;
    else if (command && key === "y") call = stepOn;
    else if (command && key === "a") call = () => { move(0, false); move(words.length - 1, true); };
    else if (command || event.altKey) return;
    else if (keys[key]) call = () => label(keys[key]);
    else if (key === "Delete" || key === "Backspace") call = remove;
    else if (key === "Escape") call = () => move(selection.to, false);
    else if (key === " ") call = () => {};
    if (!call) return;
    event.preventDefault();
    event.stopPropagation();
    call();
  });
  function line(way) {
    const here = words[selection.to].node;
    const [top, middle] = [here.offsetTop, here.offsetLeft + here.offsetWidth / 2];
    let best = selection.to;
    let next = null;
    for (let i = selection.to + way; words[i]; i += way) {
      const node = words[i].node;
      if (Math.abs(node.offsetTop - top) < here.offsetHeight / 2) continue;
      if (next === null) { next = node.offsetTop; best = i; }
      if (Math.abs(node.offsetTop - next) > here.offsetHeight / 2) break;
      const far = (one) => Math.abs(one.offsetLeft + one.offsetWidth / 2 - middle);
      if (far(node) < far(words[best].node)) best = i;
    }
    return best;
  }
  function edge(way) {
    let i = selection.to;
    while (words[i + way] && Math.abs(words[i + way].node.offsetTop - words[i].node.offsetTop) < words[i].node.offsetHeight / 2) i += way;
    return i;
  }
  function paragraph(way) {
    let i = selection.to;
    while (words[i + way] && words[i + way].part === words[i].part) i += way;
    if (way > 0) return i + 1;
    i = Math.max(0, i - 1);
    while (words[i - 1] && words[i - 1].part === words[i].part) i -= 1;
    return i;
  }

  // The mouse and the finger use the browser's own selection, laid on whole words.
  const wordAt = (node) => { const found = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-word]"); return found && paper.contains(found) ? Number(found.dataset.word) : null; };
  let swept = false; // whether this press of the pointer has swept over words
  const sweep = () => {
    const native = getSelection();
    if (!native.rangeCount || native.isCollapsed || !paper.contains(native.anchorNode)) return;
    const area = native.getRangeAt(0);
    let from = wordAt(area.startContainer);
    let to = area.endContainer === paper || !paper.contains(area.endContainer) ? words.length - 1 : wordAt(area.endContainer);
    if (from === null || to === null) return;
    if (area.startOffset >= (area.startContainer.length ?? Infinity) && from < to) from += 1;
    if (area.endOffset === 0 && to > from) to -= 1;
    const back = native.anchorNode === area.endContainer && native.anchorOffset === area.endOffset;
    swept = true;
    selection = back ? { from: to, to: from } : { from, to };
    paintSelection();
  };
  const settle = () => {
    if (document.activeElement !== paper || !swept) return;
    said.textContent = `Selected: “${read(chosen())}”.`;
  };
  document.addEventListener("selectionchange", sweep);
  paper.addEventListener("pointerdown", () => { swept = false; });
  paper.addEventListener("pointerup", settle);
  paper.addEventListener("click", (event) => {
    const at = wordAt(event.target);
    if (at === null || swept) return;
    move(at, event.shiftKey);
    said.textContent = `Selected: “${read(chosen())}”.`;
  });
  paper.addEventListener("copy", (event) => event.stopPropagation());

  const list = h("dl", { class: "cc-list" });
  const help = h("details", { class: "cc-help" }, h("summary", {}, "How to mark"),
    h("dl", {}, ...[["Letters", names.map((name) => `${letter[name]} for ${name}`).join(", ") + ". The same letter again takes the mark off."], ...HELP].map(([one, two]) => h("div", {}, h("dt", {}, one), h("dd", {}, two)))));
  body.append(bar, paper, list, help);
  paintSelection();
  paintMarks();
  const ends = watch(model, {
    state: () => {
      if (sending !== null || old(model.get("state")) || JSON.stringify(model.get("state")) === JSON.stringify(marks)) return;
      marks = model.get("state");
      paintMarks();
    },
    other: () => paintMarks(),
  });
  const unhurried = beforehand(flush);
  return () => { flush(); unhurried(); document.removeEventListener("selectionchange", sweep); ends(); stop(); };
}

/** The text as a listbox of words; `gaps[i]` is the space after word i where there is one. */
function paragraphs(text) {
  const paper = h("div", { class: "cc-paper", role: "listbox", tabindex: "0", "aria-multiselectable": "true" });
  const words = [];
  const gaps = [];
  const id = unique();
  let seen = 0; // code points before `last`
  let last = 0;
  let part = 0;
  let block = h("div", { class: "cc-paragraph", role: "group", "aria-label": "Paragraph 1" });
  paper.append(block);
  for (const found of text.matchAll(WORD)) {
    const between = text.slice(last, found.index);
    seen += Array.from(between).length;
    if (words.length && /\n\s*\n/.test(between)) {
      part += 1;
      block = h("div", { class: "cc-paragraph", role: "group", "aria-label": `Paragraph ${part + 1}` });
      paper.append(block);
    } else if (between && words.length) {
      gaps[words.length - 1] = h("span", { class: "cc-gap", "data-word": String(words.length - 1) }, " ");
      block.append(gaps[words.length - 1]);
    }
    const length = Array.from(found[0]).length;
    const node = h("span", { class: "cc-word", role: "option", id: `${id}-${words.length}`, "aria-selected": "false", "data-word": String(words.length) }, found[0]);
    block.append(node);
    words.push({ node, part, start: seen, end: seen + length });
    seen += length;
    last = found.index + found[0].length;
  }
  return { paper, words, gaps };
}

export default { render };
