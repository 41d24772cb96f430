/** The phones side by side, or one at a time under tabs where the screen is narrow. */

import { h, icon } from "./dom.js";
import { PhoneView } from "./phone.js";
import { field } from "./sheet.js";

const NEW = "new";

export class Deck {
  #phones;
  #tabs;
  #context;
  #views = new Map();
  #unseen = new Map();
  #tile;
  #current = null;
  #wanted = null;

  /** `context`: `api`, `store`, `viewer`; `phones` and `tabs` are the elements to fill. */
  constructor(phones, tabs, context) {
    this.#phones = phones;
    this.#tabs = tabs;
    this.#context = context;
    this.#tile = this.#addTile();
    phones.append(this.#tile);
  }

  view(userId) {
    return this.#views.get(userId);
  }

  /** Show exactly the phones of the store, in its order. */
  replace(phones) {
    for (const [id, view] of this.#views) {
      if (phones.has(id)) continue;
      view.destroy();
      this.#views.delete(id);
    }
    for (const [id, phone] of phones) {
      const view = this.#views.get(id);
      if (view) view.replace(phone);
      else this.#views.set(id, new PhoneView(phone, this.#context));
    }
    // Moving an element loses its scroll position and the focus in it: only those out of place move.
    [...phones.keys()].forEach((id, i) => {
      const { element } = this.#views.get(id);
      if (this.#phones.children[i] !== element)
        this.#phones.insertBefore(element, this.#phones.children[i]);
    });
    this.#phones.dataset.count = phones.size;
    this.#drawTabs();
    if (!this.#views.has(this.#current) && this.#current !== NEW)
      this.#select([...phones.keys()][0] ?? NEW);
    if (this.#views.has(this.#wanted)) {
      this.show(this.#wanted);
      this.#wanted = null;
    }
  }

  updateAll() {
    for (const view of this.#views.values()) view.update();
  }

  /** A message came on a phone that may be behind another one. */
  noticed(userId) {
    if (userId === this.#current) return;
    this.#unseen.set(userId, (this.#unseen.get(userId) ?? 0) + 1);
    this.#drawTabs();
  }

  /** Bring this phone to the front and its input under the fingers. */
  show(userId) {
    this.#select(userId);
    this.view(userId)?.focus();
  }

  #select(id) {
    this.#current = id;
    this.#unseen.delete(id);
    for (const [userId, view] of this.#views)
      view.element.classList.toggle("current", userId === id);
    this.#tile.classList.toggle("current", id === NEW);
    this.#drawTabs();
  }

  #drawTabs() {
    const focused = [...this.#tabs.children].indexOf(document.activeElement);
    const phones = [...this.#context.store.phones.values()];
    this.#tabs.replaceChildren(
      ...phones.map((phone) => this.#tab(phone.user_id, phone.name, h("bdi", {}, phone.name))),
      this.#tab(NEW, "Add a phone", icon("plus")),
    );
    if (focused >= 0) this.#tabs.children[focused]?.focus();
  }

  #tab(id, label, content) {
    const count = this.#unseen.get(id) ?? 0;
    return h(
      "button",
      {
        type: "button",
        "aria-current": String(id === this.#current),
        "aria-label": count > 0 ? `${label}, ${count} new` : label,
        on: { click: () => this.#select(id) },
      },
      content,
      count > 0 && h("span", { class: "badge" }, String(count)),
    );
  }

  #addTile() {
    const problem = h("p", { class: "problem", role: "alert" });
    const form = h(
      "form",
      { hidden: true, on: { submit: (event) => this.#add(event, problem) } },
      h("h2", {}, "A new phone"),
      field({
        name: "name",
        label: "Name of its owner",
        required: true,
        maxlength: "64",
        autocomplete: "off",
      }),
      field({
        name: "phone",
        label: "Phone number",
        required: true,
        type: "tel",
        placeholder: "+91 98765 43210",
        autocomplete: "off",
      }),
      problem,
      h(
        "div",
        { class: "choices" },
        h(
          "button",
          { type: "button", class: "quiet", on: { click: () => this.#openForm(false) } },
          "Cancel",
        ),
        h("button", { type: "submit", class: "primary" }, "Add phone"),
      ),
    );
    const opener = h(
      "button",
      { type: "button", class: "opener", on: { click: () => this.#openForm(true) } },
      icon("plus"),
      h("span", {}, "Add phone"),
    );
    return h("section", { class: "add-phone", "aria-label": "Add a phone" }, opener, form);
  }

  #openForm(open) {
    const [opener, form] = this.#tile.children;
    opener.hidden = open;
    form.hidden = !open;
    this.#tile.classList.toggle("open", open);
    form.querySelector(".problem").textContent = "";
    if (open) form.elements.name.focus();
    else opener.focus();
  }

  async #add(event, problem) {
    event.preventDefault();
    const { name, phone } = Object.fromEntries(new FormData(event.target));
    try {
      const added = await this.#context.api.addPhone(name, phone);
      event.target.reset();
      this.#openForm(false);
      if (this.#views.has(added.user_id)) this.show(added.user_id);
      else this.#wanted = added.user_id;
    } catch (error) {
      problem.textContent = error.message;
    }
  }
}
