/** Where a person writes: the input, what can be attached, the commands, the bot's keyboard. */

import { h, icon, iconButton } from "./dom.js";
import { ReplyKeyboard } from "./keyboard.js";
import { Menu } from "./menu.js";

export class Composer {
  element;

  #input;
  #send = iconButton("send", "Send", null, { class: "send", type: "submit" });
  #form;
  #editing = null;
  #editingText = h("span", { class: "what", dir: "auto" });
  #editingBar;
  #keyboard;
  #attachments = new Menu("Attach");
  #kinds;
  #commands = new Menu("Commands", "commands");
  #commandsButton;
  #actions;

  /**
   * `actions`: `say(text)`, `edit(message, text)`, `upload(kind, file)`, `shareContact()`,
   * `askContact()`, `commands()`, `lastOwn()`; the first two resolve to whether it worked.
   */
  constructor(owner, actions) {
    this.#actions = actions;
    this.#keyboard = new ReplyKeyboard(actions);
    this.#input = h("textarea", {
      name: "message",
      rows: "1",
      dir: "auto",
      placeholder: "Message",
      "aria-label": `Message from ${owner}`,
      autocomplete: "off",
      enterkeyhint: "send",
      on: { keydown: (event) => this.#key(event), input: () => this.#typed() },
    });
    const attach = iconButton(
      "clip",
      "Attach",
      () => this.#attachments.toggle(this.#kinds(), attach),
      {
        class: "tool",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
      },
    );
    this.#commandsButton = iconButton("slash", "Commands", () => this.#toggleCommands(), {
      class: "tool",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.#editingBar = h(
      "div",
      { class: "editing", hidden: true },
      icon("pencil"),
      h("span", { class: "about" }, h("strong", {}, "Edit message"), this.#editingText),
      iconButton("close", "Do not edit", () => this.#stopEditing(), { class: "tool" }),
    );
    const files = {
      photo: this.#filePicker("photo", "image/*"),
      document: this.#filePicker("document"),
    };
    this.#kinds = () => [
      { icon: "photo", text: "Photo", act: () => files.photo.click() },
      { icon: "file", text: "Document", act: () => files.document.click() },
      { icon: "person", text: "Contact card", act: actions.askContact },
      { icon: "phone", text: "Share my phone number", act: actions.shareContact },
    ];
    this.#form = h(
      "form",
      { class: "writing", on: { submit: (event) => this.#submit(event) } },
      attach,
      h("div", { class: "input" }, this.#input, this.#commandsButton, this.#keyboard.toggle),
      this.#send,
    );
    this.element = h(
      "footer",
      { class: "composer" },
      this.#attachments.element,
      this.#commands.element,
      this.#keyboard.element,
      this.#editingBar,
      this.#form,
      Object.values(files),
    );
  }

  /** Take over what the bot offers and whether it can be written to at all. */
  update(phone) {
    this.#keyboard.update(phone.reply_keyboard);
    this.#input.placeholder = this.#keyboard.placeholder ?? "Message";
  }

  /** Put `text` into the input, ready to be sent. */
  fill(text) {
    this.#stopEditing();
    this.#setText(text);
    this.focus();
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** Let the person change this message of theirs; sending then changes it in place. */
  startEditing(message) {
    this.#editing = message;
    this.#editingBar.hidden = false;
    this.#editingText.textContent = message.text;
    this.#setText(message.text);
    this.focus();
  }

  #stopEditing() {
    if (!this.#editing) return;
    this.#editing = null;
    this.#editingBar.hidden = true;
    this.#setText("");
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!text) return;
    const message = this.#editing;
    this.#stopEditing();
    this.#setText("");
    this.#commands.close();
    const worked = message
      ? await this.#actions.edit(message, text)
      : await this.#actions.say(text);
    if (!worked && !this.#input.value) this.#setText(text);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape") {
      if (this.#commands.isOpen) this.#commands.close();
      else this.#stopEditing();
    } else if (event.key === "ArrowUp" && this.#commands.isOpen) {
      event.preventDefault();
      this.#commands.focusLast();
    } else if (event.key === "ArrowDown" && this.#commands.isOpen) {
      event.preventDefault();
      this.#commands.focusFirst();
    } else if (event.key === "ArrowUp" && !this.#input.value) {
      const own = this.#actions.lastOwn();
      if (own) {
        event.preventDefault();
        this.startEditing(own);
      }
    }
  }

  #typed() {
    this.#fit();
    const isCommand = /^\/\w*$/u.test(this.#input.value);
    if (isCommand) this.#showCommands(this.#input.value, { focus: false });
    else this.#commands.close();
  }

  #toggleCommands() {
    if (this.#commands.isOpen) this.#commands.close();
    else this.#showCommands("/", { focus: true });
  }

  #showCommands(prefix, options) {
    const known = this.#actions.commands().map(({ command, description }) => ({
      text: `/${command}`,
      detail: description,
      act: () => {
        this.#setText("");
        this.#actions.say(`/${command}`);
        this.focus();
      },
    }));
    const items = known.filter((item) => item.text.startsWith(prefix.toLowerCase()));
    this.#commands.open(items, this.#commandsButton, options);
  }

  #filePicker(kind, accept = null) {
    const chosen = (event) => {
      const [file] = event.target.files;
      event.target.value = "";
      if (file) this.#actions.upload(kind, file);
    };
    return h("input", {
      type: "file",
      name: kind,
      accept,
      hidden: true,
      tabindex: "-1",
      "aria-hidden": "true",
      on: { change: chosen },
    });
  }

  #setText(text) {
    this.#input.value = text;
    this.#commands.close();
    this.#fit();
  }

  // As high as its text; the style sheet sets the limit.
  #fit() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
