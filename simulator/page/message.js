/** One message as it stands in the chat. */

import { avatar, h, icon, iconButton } from "./dom.js";
import { phoneNumber, size, time } from "./format.js";
import { richText, target } from "./richtext.js";

const BUSY_AT_MOST_MS = 8000;

/**
 * The list item of a message. `actions`: `username()` of the bot, `botName()`, `say(text)`,
 * `press(message, row, column)`, `edit(message)`, `show(file)` for a document or a photo.
 */
export function messageView(message, actions) {
  const attributes = { data: { messageId: message.id } };
  if (message.service) {
    return h(
      "li",
      { class: "message service", ...attributes },
      h("p", { dir: "auto" }, message.service),
    );
  }
  const mine = message.from === "me";
  const media = message.photo || message.document || message.contact;
  const bubble = h(
    "div",
    { class: media ? "bubble media" : "bubble" },
    h("span", { class: "unseen" }, mine ? "You:" : `${actions.botName()}:`),
    message.photo && photo(message.photo, actions),
    message.document && documentCard(message.document, actions),
    message.contact && contactCard(message.contact),
    text(message, actions),
    meta(message),
  );
  const editable = mine && message.text && !media;
  return h(
    "li",
    { class: `message ${mine ? "from-me" : "from-bot"}`, ...attributes },
    h(
      "div",
      { class: "line" },
      editable &&
        iconButton("pencil", "Edit this message", () => actions.edit(message), { class: "edit" }),
      bubble,
    ),
    message.buttons?.length > 0 && inlineKeyboard(message, actions),
  );
}

function text(message, actions) {
  if (!message.text && !message.html) return null;
  const words = message.html
    ? richText(message.html, { username: actions.username(), say: actions.say })
    : message.text;
  return h("div", { class: "text", dir: "auto" }, words);
}

function meta(message) {
  return h(
    "span",
    { class: "meta" },
    message.edited && h("span", { class: "edited" }, "edited"),
    h("time", { datetime: message.at }, time(message.at)),
  );
}

function documentCard(file, actions) {
  const kind = file.name.includes(".") ? file.name.split(".").at(-1).slice(0, 4) : "file";
  const open = (event) => {
    // With a modifier key the link is the browser's: a new tab, a download.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (actions.show(file)) event.preventDefault();
  };
  return h(
    "a",
    {
      class: "document",
      href: sameOrigin(file.url),
      target: "_blank",
      rel: "noopener",
      on: { click: open },
    },
    h("span", { class: "sheet", "aria-hidden": "true" }, kind.toUpperCase()),
    h(
      "span",
      { class: "about" },
      h("span", { class: "file-name", dir: "auto" }, file.name),
      h("span", { class: "file-size" }, `${size(file.size)} · tap to open`),
    ),
  );
}

function photo(picture, actions) {
  const image = h("img", {
    src: sameOrigin(picture.url),
    width: picture.width,
    height: picture.height,
    alt: "Photo",
    loading: "lazy",
  });
  const show = () => actions.show({ ...picture, name: "Photo", mime: "image/jpeg" });
  return h(
    "button",
    { type: "button", class: "photo", "aria-label": "Open the photo", on: { click: show } },
    image,
  );
}

function contactCard(contact) {
  return h(
    "div",
    { class: "contact" },
    avatar(contact.name),
    h(
      "span",
      { class: "about" },
      h("span", { class: "contact-name", dir: "auto" }, contact.name),
      h("bdi", { class: "contact-phone" }, phoneNumber(contact.phone)),
    ),
  );
}

function inlineKeyboard(message, actions) {
  const rows = message.buttons.map((row, r) =>
    h(
      "div",
      { class: "row" },
      row.map((button, c) => inlineButton(message, button, r, c, actions)),
    ),
  );
  return h("div", { class: "inline-keyboard", role: "group", "aria-label": "Choices" }, rows);
}

function inlineButton(message, button, row, column, actions) {
  const goal = button.url ? target(button.url, actions.username()) : null;
  const press = (event) => {
    if (goal?.url) {
      window.open(goal.url, "_blank", "noopener,noreferrer");
    } else if (goal) {
      actions.say(`/start ${goal.start}`.trim());
    } else {
      working(event.currentTarget);
      actions.press(message, row, column);
    }
  };
  return h(
    "button",
    { type: "button", dir: "auto", title: goal?.url, on: { click: press } },
    button.text,
    goal?.url && icon("external"),
  );
}

// Until the bot answers, at most as long as a person would believe it.
function working(button) {
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), BUSY_AT_MOST_MS);
}

/** The bot has answered a press: no button is at work any more. */
export function answered(root) {
  for (const button of root.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// Files come from the simulator and from nowhere else.
function sameOrigin(url) {
  const absolute = new URL(url, location.href);
  return absolute.origin === location.origin ? absolute.href : "about:blank";
}
