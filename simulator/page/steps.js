/** What to do first, for somebody who sees the page for the first time. */

import { h, iconButton } from "./dom.js";
import { phoneNumber } from "./format.js";

const KEY = "simulator.first-steps";

export class Steps {
  #element;
  #opener;
  #fill;
  #version = "";

  /** `fill(role, text)` puts a text into the input on the phone of the "admin" or the "person". */
  constructor(element, opener, fill) {
    this.#element = element;
    this.#opener = opener;
    this.#fill = fill;
    opener.addEventListener("click", () => this.#setOpen(true));
    this.#show(remembered() !== "dismissed");
  }

  /** `partner` is the phone that will become a partner's, or undefined. */
  update(partner) {
    const name = partner?.name ?? "Ravi Kumar";
    const number = phoneNumber(partner?.phone ?? "+919876543210");
    const version = `${name} ${number}`;
    if (version === this.#version) return;
    this.#version = version;
    this.#element.replaceChildren(
      h(
        "ol",
        {},
        step(
          "On the admin’s phone",
          "Let the partner in, then tap Add: ",
          this.#key("admin", `/adduser ${name} ${number}`),
        ),
        step(
          "On the partner’s phone",
          this.#key("person", "/start"),
          ", share the number, type the code from the text message.",
        ),
        step("New customer", "Only the name is needed; every other step can be skipped."),
        step(
          "New invoice",
          "An item fits in one message: ",
          this.#key("person", "wheat 52 2425"),
          ". Its PDF comes into the chat.",
        ),
      ),
      iconButton("close", "Hide the first steps", () => this.#setOpen(false), { class: "tool" }),
    );
  }

  #key(role, text) {
    return h(
      "button",
      {
        type: "button",
        class: "fill",
        title: "Fill it in",
        on: { click: () => this.#fill(role, text) },
      },
      h("bdi", {}, text),
    );
  }

  #setOpen(open) {
    this.#show(open);
    remember(open ? "open" : "dismissed");
    (open ? this.#element.querySelector("button") : this.#opener)?.focus();
  }

  #show(open) {
    this.#element.hidden = !open;
    this.#opener.hidden = open;
  }
}

function step(title, ...words) {
  return h("li", {}, h("h2", {}, title), h("p", {}, words));
}

// Storage may be forbidden; then the steps are shown at each visit.
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    /* see above */
  }
}
