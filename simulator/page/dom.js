/** Elements, icons and the other small things every view needs. */

const SHAPES = {
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.8 5.8l12.4 12.4",
  clip: "M20 11.4l-8.3 8.3a5.2 5.2 0 0 1-7.3-7.4l8.6-8.5a3.5 3.5 0 0 1 4.9 4.9l-8.5 8.6a1.7 1.7 0 0 1-2.5-2.5l7.9-7.8",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  external: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h4",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  more: "M12 4.6a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8zM12 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8zM12 17.6a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8z",
  pencil: "M4 20l1-4.5L15.5 5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19z",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-7.3 14.2-7.3 15 0",
  phone:
    "M6.5 3.5h2.3l2 4.7-2.3 1.7a12 12 0 0 0 5.6 5.6l1.7-2.3 4.7 2v2.3a3 3 0 0 1-3 3A14 14 0 0 1 3.5 6.5a3 3 0 0 1 3-3z",
  photo: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9h.01",
  plus: "M12 5v14M5 12h14",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  slash: "M14.5 6l-5 12",
  sms: "M4 5h16v11.5h-9l-4 3.5v-3.5H4z",
};

/**
 * An element. `on` holds listeners, `data` the data-attributes; null, undefined and false leave an
 * attribute or a child out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (absent(value)) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(value))
        element.addEventListener(type, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat().filter((child) => !absent(child)));
  return element;
}

function absent(value) {
  return value === null || value === undefined || value === false;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and says its label to those who cannot see it. */
export function iconButton(name, label, onClick, attributes = {}) {
  return h(
    "button",
    { type: "button", "aria-label": label, title: label, on: { click: onClick }, ...attributes },
    icon(name),
  );
}

/** The initials of a name in a disc; the same name always has the same colour. */
export function avatar(name) {
  const letters = name.match(/(?<!\p{L}\p{M}*)\p{L}/gu) ?? [];
  const initials = letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "?");
  const tint = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 5;
  return h(
    "span",
    { class: "avatar", data: { tint }, "aria-hidden": "true" },
    initials.toLocaleUpperCase(),
  );
}

/** Up and Down, Home and End move the focus among these buttons. */
export function moveFocus(event, buttons) {
  const here = buttons.indexOf(document.activeElement);
  const goals = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
  if (!(event.key in goals) || buttons.length === 0) return;
  event.preventDefault();
  buttons.at(goals[event.key] % buttons.length).focus();
}

export function copy(text) {
  // Refused without permission or focus; the text is on the screen anyway.
  navigator.clipboard?.writeText(text).catch(() => {});
}
