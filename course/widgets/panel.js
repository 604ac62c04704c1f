// A panel: controls on the one side, what follows from them on the other. Python says which controls, and answers each change.
function render({ model, el }) {
  const { body, said, stop, send, old } = frame(model, el, "panel");
  const form = h("form", { class: "cc-form", onsubmit: (event) => event.preventDefault() });
  const shown = h("div", { class: "cc-shown" });
  body.append(form, shown);
  let state = { ...model.get("state") };
  let waiting = null;

  function put(name, value, wait = 0, again = false) {
    state = { ...state, [name]: value };
    if (again) draw(); // the control itself looks another way now
    clearTimeout(waiting);
    waiting = setTimeout(() => { waiting = null; send(state); }, wait);
  }
  function flush() {
    if (waiting === null) return;
    clearTimeout(waiting);
    waiting = null;
    send(state);
  }

  function draw() {
    const active = document.activeElement;
    const had = form.contains(active) ? active.dataset.name : null;
    const fields = model.get("fields");
    const groups = [];
    for (const field of fields) {
      const control = (controls[field.type] || controls.text)(field, state[field.name], put, flush);
      control.classList.add("cc-field", `cc-field-${field.type}`);
      if (field.group && groups.at(-1)?.name === field.group) groups.at(-1).node.append(control);
      else if (field.group) groups.push({ name: field.group, node: h("fieldset", { class: `cc-group${field.wide ? " cc-wide" : ""}` }, h("legend", {}, field.group), control) });
      else groups.push({ node: control });
    }
    form.replaceChildren(...groups.map((one) => one.node));
    complain();
    if (had) {
      // The same control, else another of the same item, else another of the same field: the keyboard stays inside.
      const left = [...form.querySelectorAll("[data-name]")].filter((one) => !one.disabled);
      const [field, item] = had.split("/");
      (left.find((one) => one.dataset.name === had) || left.find((one) => item && one.dataset.name.startsWith(`${field}/${item}/`)) || left.find((one) => one.dataset.name.startsWith(field)) || left[0])?.focus();
    }
  }
  function complain() {
    const faults = model.get("faults");
    form.querySelectorAll(".cc-fault").forEach((one) => {
      const text = faults[one.dataset.of] || "";
      one.textContent = text;
      one.hidden = !text;
      const input = form.querySelector(`[data-name="${CSS.escape(one.dataset.of)}"]`);
      if (text) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    });
  }
  function show() { shown.replaceChildren(...model.get("shown").map((one) => blocks[one.kind](one))); }
  function say() { said.textContent = model.get("said"); }
  const ends = watch(model, {
    fields: draw, faults: complain, shown: show, said: say,
    state: () => {
      if (waiting !== null || old(model.get("state")) || JSON.stringify(model.get("state")) === JSON.stringify(state)) return;
      state = { ...model.get("state") };
      draw();
    },
  });
  draw();
  show();
  said.textContent = model.get("said");
  const unhurried = beforehand(flush);
  return () => { flush(); unhurried(); ends(); stop(); };
}

const labelled = (field, input, ...more) => {
  const id = unique();
  input.id = id;
  input.dataset.name = field.name;
  const notes = [];
  if (field.help) notes.push(h("span", { class: "cc-note", id: `${id}-help` }, field.help));
  const fault = h("span", { class: "cc-fault", id: `${id}-fault`, "data-of": field.name, hidden: true });
  input.setAttribute("aria-describedby", `${field.help ? `${id}-help ` : ""}${id}-fault`);
  return h("div", {}, h("label", { for: id }, field.label), ...notes, input, ...more, fault);
};
const options = (field, value) => field.options.map(([key, text]) => h("option", { value: key, selected: key === value }, text));
const button = (name, label, text, call, more = {}) => h("button", { type: "button", class: "cc-button", "data-name": name, "aria-label": label, onclick: call, ...more }, text);

const controls = {
  choice(field, value, put) {
    const input = h("select", { class: "cc-input" }, ...options(field, value));
    input.addEventListener("change", () => put(field.name, input.value));
    return labelled(field, input);
  },
  range(field, value, put, flush) {
    const input = h("input", { type: "range", class: "cc-range", min: field.min, max: field.max, step: field.step || 1 });
    input.value = value;
    const words = (number) => (field.says ? field.says[number - field.min] : `${Number(number).toLocaleString("en")}${field.unit ? ` ${field.unit}` : ""}`);
    const output = h("output", { class: "cc-output" });
    const tell = () => { output.textContent = words(Number(input.value)); input.setAttribute("aria-valuetext", words(Number(input.value))); };
    input.addEventListener("input", () => { tell(); put(field.name, Number(input.value), 60); });
    input.addEventListener("change", flush);
    tell();
    const ends = h("div", { class: "cc-ends", "aria-hidden": "true" }, ...[field.min, field.max].map((end) => h("span", {}, words(end))));
    return labelled(field, input, ends, output);
  },
  check(field, value, put) {
    const input = h("input", { type: "checkbox", class: "cc-check", "data-name": field.name, checked: Boolean(value) });
    input.addEventListener("change", () => put(field.name, input.checked));
    return h("div", {}, h("label", { class: "cc-tick" }, input, h("span", {}, field.label)));
  },
  text(field, value, put, flush) {
    const input = h(field.long ? "textarea" : "input", { class: "cc-input", ...(field.long ? { rows: 3 } : { type: field.type === "number" ? "text" : field.type, inputmode: field.type === "number" ? "decimal" : null }), autocomplete: "off" });
    input.value = value ?? "";
    input.addEventListener("input", () => put(field.name, input.value, 300));
    input.addEventListener("change", flush);
    return labelled(field, input);
  },
  checks(field, value, put) {
    const on = new Set(value);
    const items = field.items.map(([key, text]) => {
      const input = h("input", { type: "checkbox", class: "cc-check", "data-name": `${field.name}/${key}`, checked: on.has(key) });
      input.addEventListener("change", () => { input.checked ? on.add(key) : on.delete(key); put(field.name, field.items.map(([one]) => one).filter((one) => on.has(one))); });
      return h("label", { class: "cc-tick" }, input, h("span", {}, text));
    });
    return h("fieldset", { class: "cc-group" }, h("legend", {}, field.label), ...items);
  },
  order(field, value, put) {
    const text = Object.fromEntries(field.items);
    const rest = field.items.map(([key]) => key).filter((key) => !value.includes(key));
    const moved = (from, to) => { const next = [...value]; next.splice(to, 0, ...next.splice(from, 1)); put(field.name, next, 0, true); };
    const places = value.map((key, i) => h("li", {}, h("span", { class: "cc-link" }, text[key]),
      h("span", { class: "cc-moves" },
        button(`${field.name}/${key}/up`, `Move ${text[key]} up`, "↑", () => moved(i, i - 1), { disabled: i === 0 }),
        button(`${field.name}/${key}/down`, `Move ${text[key]} down`, "↓", () => moved(i, i + 1), { disabled: i === value.length - 1 }),
        button(`${field.name}/${key}/out`, `Take ${text[key]} out`, "✕", () => put(field.name, value.filter((one) => one !== key), 0, true)))));
    const pool = rest.map((key) => button(`${field.name}/${key}/in`, `Put ${text[key]} at the end`, `+ ${text[key]}`, () => put(field.name, [...value, key], 0, true)));
    return h("fieldset", { class: "cc-group" }, h("legend", {}, field.label),
      value.length ? h("ol", { class: "cc-order" }, ...places) : h("p", { class: "cc-none" }, "Nothing here yet. Choose below."),
      rest.length ? h("div", { class: "cc-pool", role: "group", "aria-label": field.pool }, h("p", {}, field.pool), ...pool) : h("p", {}, "All are in their place."));
  },
  table(field, value, put) {
    const wants = field.options ? "choice" : "tick";
    const held = wants === "choice" ? { ...value } : new Set(value);
    const rows = field.rows.map((row) => {
      let input;
      if (wants === "choice") {
        input = h("select", { class: "cc-input" }, ...options({ options: row.options || field.options }, held[row.key] ?? ""));
        input.addEventListener("change", () => { held[row.key] = input.value; put(field.name, { ...held }); });
      } else {
        input = h("input", { type: "checkbox", class: "cc-check", checked: held.has(row.key) });
        input.addEventListener("change", () => { input.checked ? held.add(row.key) : held.delete(row.key); put(field.name, [...held]); });
      }
      input.dataset.name = `${field.name}/${row.key}`;
      input.setAttribute("aria-label", `${field.control}: ${row.cells[0]}`);
      const cell = h("td", { "data-head": field.control }, wants === "tick" ? h("label", { class: "cc-tick cc-tick-only" }, input) : input);
      return h("tr", {}, wants === "tick" ? cell : null, h("th", { scope: "row" }, row.cells[0]), ...row.cells.slice(1).map((text, i) => h("td", { "data-head": field.head[i + 1] }, text)), wants === "tick" ? null : cell);
    });
    const head = field.head.map((text) => h("th", { scope: "col" }, text));
    head.splice(wants === "tick" ? 0 : head.length, 0, h("th", { scope: "col" }, field.control));
    return h("div", {}, scroller(field.label, h("table", {}, h("caption", {}, field.label), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows))));
  },
  press(field, value, put) {
    return h("div", {}, button(field.name, null, field.label, () => put(field.name, (value || 0) + 1, 0, true), { disabled: Boolean(field.off) }));
  },
};
controls.number = controls.text;
controls.date = controls.text;

// A wide table scrolls by itself, also with the keyboard; the page does not.
const scroller = (label, table) => h("div", { class: "cc-scroll", tabindex: "0", role: "region", "aria-label": label }, table);
const titled = (block, ...nodes) => h("div", { class: `cc-block cc-block-${block.kind}` }, block.title ? h("p", { class: "cc-title" }, block.title) : null, ...nodes);

const blocks = {
  words: (block) => titled(block, h("p", {}, block.text)),
  list: (block) => titled(block, h("ul", {}, ...block.items.map((text) => h("li", {}, text)))),
  marked: (block) => titled(block, h("p", { class: "cc-prose" }, ...block.parts.map(([text, how]) => (how ? h(how === "gone" ? "s" : "mark", { class: `cc-${how}` }, text) : text)))),
  table: (block) => titled(block, scroller(block.caption, h("table", {}, h("caption", {}, block.caption),
    h("thead", {}, h("tr", {}, ...block.head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...block.rows.map((row) => h("tr", {}, ...row.map((text, i) => (i ? h("td", {}, text) : h("th", { scope: "row" }, text))))))))),
  picture: (block) => titled(block, h("img", { src: block.source, alt: block.alt, class: "cc-picture" })),
  drawing: (block) => { const node = titled(block); node.insertAdjacentHTML("beforeend", block.svg); return node; }, // our own SVG, from Python
  chain: (block) => titled(block, h("p", { class: "cc-chain" }, ...block.items.flatMap((text, i) => [i ? h("span", { "aria-hidden": "true" }, " ← ") : null, h("span", { class: "cc-link" }, text)]))),
};

export default { render };
