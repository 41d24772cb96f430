/** The keyboard a bot offers above the input. */

import { h, iconButton } from "./dom.js";

export class ReplyKeyboard {
  element = h("div", {
    class: "reply-keyboard",
    role: "group",
    "aria-label": "Keyboard of the bot",
    hidden: true,
  });
  toggle = iconButton("keyboard", "Show or hide the keyboard", () => this.#setOpen(!this.#open), {
    class: "tool",
    "aria-expanded": "false",
    hidden: true,
  });

  #open = false;
  #keyboard = null;
  #version = "null";
  #actions;

  /** `actions`: `say(text)`, and `shareContact()`; both resolve to whether it was sent. */
  constructor(actions) {
    this.#actions = actions;
  }

  get placeholder() {
    return this.#keyboard?.placeholder ?? null;
  }

  /** A keyboard opens when it arrives and stays as the person left it until another one comes. */
  update(keyboard) {
    const version = JSON.stringify(keyboard);
    if (version === this.#version) return;
    this.#version = version;
    this.#keyboard = keyboard;
    this.toggle.hidden = !keyboard;
    this.element.replaceChildren(...(keyboard?.rows ?? []).map((row) => this.#row(row)));
    this.#setOpen(Boolean(keyboard));
  }

  #row(buttons) {
    return h(
      "div",
      { class: "row" },
      buttons.map((button) =>
        h(
          "button",
          { type: "button", dir: "auto", on: { click: () => this.#press(button) } },
          button.text,
        ),
      ),
    );
  }

  async #press(button) {
    const keyboard = this.#keyboard;
    const used = await (button.request_contact
      ? this.#actions.shareContact()
      : this.#actions.say(button.text));
    // By now the bot may have answered with another keyboard.
    if (used && keyboard.one_time && this.#keyboard === keyboard) this.#setOpen(false);
  }

  #setOpen(open) {
    this.#open = open;
    this.element.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }
}
