/** Text messages arriving at the top of a phone; they stay until dismissed or used. */

import { copy, h, icon, iconButton } from "./dom.js";
import { time } from "./format.js";

const CODE = /(?<!\d)\d{4,8}(?!\d)/u;

/** The one-time code in a text message, or null. */
export function codeIn(text) {
  return CODE.exec(text)?.[0] ?? null;
}

export class SmsBanner {
  element = h("div", { class: "sms-slot", "aria-live": "assertive" });

  #shown = "";
  #fill;
  #dismiss;

  /** `fill(code)` puts the code where it is typed; `dismiss()` marks the messages read. */
  constructor({ fill, dismiss }) {
    this.#fill = fill;
    this.#dismiss = dismiss;
  }

  /** Show the newest of these messages, or nothing. */
  update(messages) {
    const newest = messages.at(-1);
    const version = newest ? JSON.stringify([newest, messages.length]) : "";
    if (version === this.#shown) return;
    this.#shown = version;
    this.element.replaceChildren(...(newest ? [this.#banner(newest, messages.length - 1)] : []));
  }

  #banner(sms, earlier) {
    const code = codeIn(sms.text);
    const take = () => {
      copy(code ?? sms.text);
      if (code) this.#fill(code);
    };
    return h(
      "div",
      { class: "sms" },
      h("span", { class: "sms-icon" }, icon("sms")),
      h(
        "button",
        { type: "button", class: "sms-body", on: { click: take } },
        h(
          "span",
          { class: "sms-head" },
          h("bdi", { class: "sms-from" }, sms.from),
          h("time", { datetime: sms.at }, time(sms.at)),
        ),
        h("span", { class: "sms-text", dir: "auto" }, sms.text),
        h("span", { class: "sms-tip" }, code ? `Tap to fill in ${code}` : "Tap to copy"),
        earlier > 0 && h("span", { class: "sms-tip" }, `and ${earlier} earlier`),
      ),
      iconButton("close", "Dismiss the text message", this.#dismiss, { class: "sms-dismiss" }),
    );
  }
}
