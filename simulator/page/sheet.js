/** What lies over one phone and leaves the others alone: questions, alerts, small forms, toasts. */

import { h } from "./dom.js";

const TOAST_MS = 3500;
const TOAST_MS_PER_LETTER = 45;

export class Sheets {
  element = h("div", { class: "sheets" });

  /** Where toasts appear; it belongs over the messages, not over what is typed. */
  toasts = h("div", { class: "toasts", role: "status" });

  #beneath;

  /** `beneath` are the elements that cannot be used while a sheet is open. */
  constructor(beneath) {
    this.#beneath = beneath;
  }

  toast(text, { error = false } = {}) {
    const toast = h("p", { class: error ? "toast error" : "toast", dir: "auto" }, text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS + text.length * TOAST_MS_PER_LETTER);
  }

  alert(text) {
    const close = this.#open(
      [
        h("p", { class: "said", dir: "auto" }, text),
        h(
          "div",
          { class: "choices" },
          choice("OK", "primary", () => close()),
        ),
      ],
      "alertdialog",
    );
  }

  /** Resolves to true when confirmed, to false when not. */
  confirm({ title, text, yes }) {
    return new Promise((resolve) => {
      const close = this.#open(
        [
          h("h3", {}, title),
          h("p", { class: "said", dir: "auto" }, text),
          h(
            "div",
            { class: "choices" },
            choice("Cancel", "quiet", () => close()),
            choice(yes, "primary", () => {
              resolve(true);
              close();
            }),
          ),
        ],
        "alertdialog",
        () => resolve(false),
      );
    });
  }

  /**
   * A form with these `fields` ({name, label, …attributes of the input}). `submit(values)` may throw
   * an error, whose message is shown in the form; otherwise the form closes.
   */
  form({ title, fields, yes, submit }) {
    const problem = h("p", { class: "problem", role: "alert" });
    const submitted = async (event) => {
      event.preventDefault();
      try {
        await submit(Object.fromEntries(new FormData(event.target)));
        close();
      } catch (error) {
        problem.textContent = error.message;
      }
    };
    const form = h(
      "form",
      { on: { submit: submitted } },
      h("h3", {}, title),
      fields.map(field),
      problem,
      h(
        "div",
        { class: "choices" },
        choice("Cancel", "quiet", () => close()),
        h("button", { type: "submit", class: "primary" }, yes),
      ),
    );
    const close = this.#open([form], "dialog");
    form.elements[0].focus();
  }

  #open(content, role, onClose = () => {}) {
    const before = document.activeElement;
    const dialog = h(
      "div",
      { class: "sheet-box", role, "aria-modal": "true", tabindex: "-1" },
      content,
    );
    const scrim = h("div", { class: "scrim" }, dialog);
    const close = () => {
      if (!scrim.isConnected) return;
      scrim.remove();
      this.#freeze();
      if (before?.isConnected) before.focus({ preventScroll: true });
      onClose();
    };
    scrim.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    scrim.addEventListener("pointerdown", (event) => event.target === scrim && close());
    this.element.append(scrim);
    this.#freeze();
    (dialog.querySelector(".primary") ?? dialog).focus({ preventScroll: true });
    return close;
  }

  #freeze() {
    const open = [...this.element.querySelectorAll(".scrim")];
    for (const element of this.#beneath) element.inert = open.length > 0;
    for (const scrim of open) scrim.inert = scrim !== open.at(-1);
  }
}

/** A labelled input of a form. */
export function field({ label, ...attributes }) {
  return h(
    "label",
    { class: "field" },
    h("span", {}, label),
    h("input", { dir: "auto", ...attributes }),
  );
}

function choice(text, className, onClick) {
  return h("button", { type: "button", class: className, on: { click: onClick } }, text);
}
