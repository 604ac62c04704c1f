// What all widgets share. The Python side puts this text before each module: no build step, no network.

/** An element: h("button", {class: "x", onclick: f, "aria-label": "y"}, "text", child). */
function h(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An id that no other element of the page has. */
function unique() {
  unique.last = (unique.last || 0) + 1;
  return `cc-${Math.random().toString(36).slice(2, 8)}-${unique.last}`;
}

/** The outside of a widget: heading, body, what is kept where, the same to type. Yields where the widget puts its parts. */
function frame(model, el, role) {
  const id = unique();
  const heading = h("div", { class: "cc-heading", id, role: "heading", "aria-level": "4" });
  const body = h("div", { class: "cc-body" });
  const said = h("p", { class: "cc-said", role: "status" });
  const kept = h("p", { class: "cc-kept" });
  const code = h("code");
  const copied = h("span", { role: "status" });
  const copy = h("button", { type: "button", class: "cc-button" }, "Copy");
  copy.addEventListener("click", () => {
    const done = navigator.clipboard ? navigator.clipboard.writeText(code.textContent) : Promise.reject();
    done.then(() => { copied.textContent = " Copied."; }, () => {
      getSelection().selectAllChildren(code);
      copied.textContent = " Selected: press Ctrl and C to copy it.";
    });
  });
  const typed = h("details", { class: "cc-typed" }, h("summary", {}, "The same, typed"),
    h("p", {}, "This line gives the same answer without the widget:"), h("pre", { tabindex: "0", "aria-label": "The line to type" }, code), copy, copied);
  const root = h("section", { class: `cc-widget cc-${role}`, "aria-labelledby": id },
    heading, body, said, typed, kept);
  // A letter typed here must not cut or copy the notebook's cell. Ctrl + S still saves, Shift + Enter still runs the cell.
  root.addEventListener("keydown", (event) => {
    const runs = event.key === "Enter" && event.shiftKey && event.target.tagName !== "TEXTAREA";
    if (!runs && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  el.append(root);
  const show = () => {
    heading.textContent = model.get("heading");
    code.textContent = model.get("typed");
    typed.hidden = !model.get("typed");
    if (!root.classList.contains("cc-gone")) kept.textContent = model.get("kept");
  };
  const stops = watch(model, { heading: show, typed: show, kept: show });
  show();
  const line = connect(model, () => {
    root.classList.add("cc-gone");
    kept.textContent = "The kernel has stopped or restarted. Run this cell again: what you did is kept in this browser until then.";
  });
  return { root, body, said, stop: () => { stops(); line.stop(); }, send: line.send, old: line.old };
}

/** Call each function when its trait changes. Yields a function that ends it. */
function watch(model, calls) {
  const all = Object.entries(calls).map(([name, call]) => [`change:${name}`, call]);
  all.forEach(([name, call]) => model.on(name, call));
  return () => all.forEach(([name, call]) => model.off(name, call));
}

/** The line to the kernel. What it has not heard yet waits in this browser, for this kernel or the next one. */
function connect(model, gone) {
  const place = `counterclaim:${model.get("key")}`;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  let live = true;
  let base = model.get("state"); // the last that the kernel has heard
  const sent = []; // what it was told since the page was opened, as text, the newest last
  const store = (what) => { try { what ? localStorage.setItem(place, JSON.stringify(what)) : localStorage.removeItem(place); } catch { /* no store: nothing to do */ } };
  const send = (state) => {
    model.set("state", state);
    model.save_changes();
    sent.push(JSON.stringify(state));
    store({ base, state });
    // A change waits in the page while the kernel has not answered the one before: a cell that is run at once would come first.
    if (live) model.send({ state, number: sent.length });
  };
  const answer = (message) => {
    if (!message || !message.heard) return;
    base = JSON.parse(sent[message.heard - 1]);
    if (message.heard === sent.length) store(null);
  };
  /** Whether a state that the kernel sends back is one that this page has left behind. */
  const old = (state) => { const text = JSON.stringify(state); return sent.includes(text) && sent.at(-1) !== text; };
  const heard = () => {
    live = false;
    gone();
  };
  try {
    const waiting = JSON.parse(localStorage.getItem(place) || "null");
    if (waiting && same(waiting.base, base)) send(waiting.state);
    if (waiting) store(null);
  } catch { /* nothing waits */ }
  model.on("comm_live_update", heard);
  model.on("msg:custom", answer);
  return { send, old, stop: () => { model.off("comm_live_update", heard); model.off("msg:custom", answer); } };
}

/** Call `flush` before the next key or press anywhere on the page is heard. Yields a function that ends it. */
function beforehand(flush) {
  const kinds = ["keydown", "pointerdown"];
  kinds.forEach((kind) => document.addEventListener(kind, flush, true));
  return () => kinds.forEach((kind) => document.removeEventListener(kind, flush, true));
}

/** One tab stop for a row of buttons; arrow keys go from one to the next. */
function roving(bar) {
  const buttons = () => [...bar.querySelectorAll("button")];
  const stop = (button) => buttons().forEach((one) => { one.tabIndex = one === button ? 0 : -1; });
  stop(buttons()[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = step ? all[(all.indexOf(document.activeElement) + step + all.length) % all.length] : { Home: all[0], End: all.at(-1) }[event.key];
    if (to) { event.preventDefault(); to.focus(); }
  });
}
