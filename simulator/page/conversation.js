/** The scrolling list of messages of one phone. */

import { h, icon } from "./dom.js";
import { day } from "./format.js";
import { answered, messageView } from "./message.js";

const NEAR_THE_END_PX = 48;

export class Conversation {
  element;

  #list = h("ol", { class: "messages" });
  #log;
  #jump;
  #jumpCount = h("span", { class: "count" });
  #shown = new Map();
  #actions;
  #atEnd = true;
  #missed = 0;
  #top = 0;

  /** `label` names the log for those who hear the page; `empty` is shown while there is no message. */
  constructor(label, actions, empty) {
    this.#actions = actions;
    this.#log = h(
      "div",
      { class: "log", role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0" },
      this.#list,
      empty,
    );
    this.#jump = h(
      "button",
      {
        type: "button",
        class: "jump",
        "aria-label": "To the newest message",
        hidden: true,
        on: { click: () => this.toEnd() },
      },
      this.#jumpCount,
      icon("down"),
    );
    this.element = h("div", { class: "conversation" }, this.#log, this.#jump);
    this.#log.addEventListener("scroll", () => this.#scrolled());
    // New messages, photos that load, a keyboard that opens: all of them change one of these sizes.
    const sizes = new ResizeObserver(() => this.#atEnd && this.#scrollToEnd());
    sizes.observe(this.#list);
    sizes.observe(this.#log);
  }

  /** Show exactly these messages; those already shown are left alone. */
  replace(messages) {
    this.#log.setAttribute("aria-busy", "true");
    const wanted = new Set(messages.map((message) => message.id));
    for (const id of this.#shown.keys()) if (!wanted.has(id)) this.remove(id);
    for (const message of messages) this.#put(message);
    this.#log.removeAttribute("aria-busy");
  }

  /** A new or changed message has arrived. */
  upsert(message) {
    const isNew = !this.#shown.has(message.id);
    const node = this.#put(message);
    answered(this.#list);
    if (!isNew) return;
    node.classList.add("fresh");
    node.addEventListener("animationend", () => node.classList.remove("fresh"), { once: true });
    if (message.from === "me") this.toEnd();
    else if (!this.#atEnd) this.#setMissed(this.#missed + 1);
  }

  remove(id) {
    const node = this.#shown.get(id)?.node;
    this.#shown.delete(id);
    const next = node?.nextElementSibling;
    node?.remove();
    if (next) this.#dateLine(next);
  }

  toEnd() {
    this.#atEnd = true;
    this.#scrollToEnd();
    this.#setMissed(0);
  }

  /** The bot has answered a press: no button is at work any more. */
  answered() {
    answered(this.#list);
  }

  #put(message) {
    const version = JSON.stringify(message);
    const old = this.#shown.get(message.id);
    if (old?.version === version) return old.node;
    const node = messageView(message, this.#actions);
    node.dataset.day = day(message.at);
    if (old) this.#swap(old.node, node);
    else this.#insert(node, Number(message.id));
    this.#shown.set(message.id, { version, node });
    this.#dateLine(node);
    if (node.nextElementSibling) this.#dateLine(node.nextElementSibling);
    return node;
  }

  // A bot changes a message in place when one of its buttons is pressed; whoever pressed it with
  // the keyboard must not be thrown back to the top of the page.
  #swap(old, node) {
    const buttons = [...old.querySelectorAll("button")];
    const focused = buttons.indexOf(document.activeElement);
    old.replaceWith(node);
    if (focused < 0) return;
    const goal = [...node.querySelectorAll("button")].at(focused) ?? this.#log;
    goal.focus({ preventScroll: true });
  }

  #insert(node, id) {
    let after = this.#list.lastElementChild;
    while (after && Number(after.dataset.messageId) > id) after = after.previousElementSibling;
    if (after) after.after(node);
    else this.#list.prepend(node);
  }

  #dateLine(node) {
    const isFirst = node.previousElementSibling?.dataset.day !== node.dataset.day;
    const line = node.querySelector(":scope > .day");
    if (!isFirst) line?.remove();
    else if (!line && node.dataset.day) node.prepend(h("p", { class: "day" }, node.dataset.day));
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const near = scrollHeight - clientHeight - scrollTop < NEAR_THE_END_PX;
    // Away from the end, but not moved up: a message came between the scrolling and this event.
    if (near || scrollTop < this.#top) this.#atEnd = near;
    this.#top = scrollTop;
    if (this.#atEnd) this.#setMissed(0);
    this.#jump.hidden = this.#atEnd;
  }

  #scrollToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #setMissed(count) {
    this.#missed = count;
    this.#jumpCount.textContent = count > 0 ? String(count) : "";
    this.#jump.hidden = this.#atEnd;
  }
}
