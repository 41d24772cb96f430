/** A list of buttons that opens over the chat and closes by itself. */

import { h, icon, moveFocus } from "./dom.js";

export class Menu {
  element;

  #opener = null;
  #elsewhere = (event) => {
    if (!this.element.contains(event.target) && !this.#opener?.contains(event.target)) this.close();
  };

  constructor(label, className = "") {
    this.element = h("div", {
      class: `menu ${className}`,
      role: "menu",
      "aria-label": label,
      hidden: true,
    });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close();
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Show these items ({icon?, text, detail?, className?, act()}) as the menu of the button `opener`. */
  open(items, opener, { focus = true } = {}) {
    this.#opener = opener;
    this.element.replaceChildren(...items.map((item) => this.#item(item)));
    this.element.hidden = items.length === 0;
    document.addEventListener("pointerdown", this.#elsewhere);
    opener?.setAttribute("aria-expanded", String(this.isOpen));
    if (focus && this.isOpen) this.focusFirst();
  }

  toggle(items, opener) {
    if (this.isOpen) this.close();
    else this.open(items, opener);
  }

  close() {
    if (!this.isOpen) return;
    this.element.hidden = true;
    document.removeEventListener("pointerdown", this.#elsewhere);
    this.#opener?.setAttribute("aria-expanded", "false");
  }

  focusFirst() {
    this.element.firstElementChild?.focus();
  }

  focusLast() {
    this.element.lastElementChild?.focus();
  }

  #item(item) {
    const act = () => {
      this.close();
      item.act();
    };
    return h(
      "button",
      { type: "button", role: "menuitem", class: item.className, on: { click: act } },
      item.icon && icon(item.icon),
      h("span", { class: "what", dir: "auto" }, item.text),
      item.detail && h("span", { class: "detail", dir: "auto" }, item.detail),
    );
  }

  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this.#opener?.focus();
    } else {
      moveFocus(event, [...this.element.children]);
    }
  }
}
