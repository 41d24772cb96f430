/** One phone: its owner, the chat with the bot on its screen, and what comes over it. */

import { CallFailed } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { avatar, h, iconButton } from "./dom.js";
import { phoneNumber, time } from "./format.js";
import { Menu } from "./menu.js";
import { Sheets } from "./sheet.js";
import { codeIn, SmsBanner } from "./sms.js";

const ACTIVITIES = {
  typing: "typing…",
  upload_document: "sending a document…",
  upload_photo: "sending a photo…",
};
const CLOCK_MS = 10_000;

export class PhoneView {
  element;

  #phone;
  #context;
  #clock = h("span", { class: "clock" }, time(new Date()));
  #botName = h("h3", { class: "chat-name", dir: "auto" });
  #status = h("p", { class: "chat-status", role: "status" });
  #menu = new Menu("Chat", "below");
  #conversation;
  #composer;
  #blocked;
  #sms;
  #sheets;
  #ticking;

  /** `context`: `api`, `store`, `viewer`. */
  constructor(phone, context) {
    this.#phone = phone;
    this.#context = context;
    this.#conversation = new Conversation(
      `Chat on the phone of ${phone.name}`,
      this.#messageActions(),
      this.#intro(),
    );
    this.#composer = new Composer(phone.name, this.#composerActions());
    this.#blocked = h(
      "footer",
      { class: "composer blocked", hidden: true },
      h("p", {}, "You blocked this bot. It cannot write to you."),
      h(
        "button",
        { type: "button", class: "primary", on: { click: () => this.#block(false) } },
        "Unblock",
      ),
    );
    this.#sms = new SmsBanner({
      fill: (code) => this.fill(code),
      dismiss: () => this.#readSms(),
    });
    const head = this.#head();
    this.#sheets = new Sheets([
      head,
      this.#conversation.element,
      this.#composer.element,
      this.#blocked,
    ]);
    this.#conversation.element.append(this.#sheets.toasts);
    this.element = h(
      "section",
      {
        class: "phone",
        "aria-label": `Phone of ${phone.name}`,
        data: { userId: phone.user_id, role: phone.role },
      },
      owner(phone),
      h(
        "div",
        { class: "device" },
        h(
          "div",
          { class: "status-bar", "aria-hidden": "true" },
          this.#clock,
          h("span", { class: "signs" }),
        ),
        head,
        this.#conversation.element,
        this.#composer.element,
        this.#blocked,
        this.#sms.element,
        this.#sheets.element,
      ),
    );
    this.#ticking = setInterval(() => (this.#clock.textContent = time(new Date())), CLOCK_MS);
    this.replace(phone);
  }

  /** Show this state of the phone, messages and all. */
  replace(phone) {
    this.#phone = phone;
    this.#conversation.replace(phone.messages);
    this.update();
  }

  /** Show what has changed of the phone or of the bot, messages aside. */
  update() {
    const phone = this.#phone;
    const { bot, connected } = this.#context.store;
    this.#botName.textContent = bot.name;
    const away = connected ? "offline" : "connecting…";
    const activity = phone.typing && (ACTIVITIES[phone.typing] ?? "busy…");
    const status = connected && bot.online ? activity || "online" : away;
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.#status.dataset.state = activity ? "busy" : status;
    this.#composer.element.hidden = phone.blocked;
    this.#blocked.hidden = !phone.blocked;
    this.#composer.update(phone);
    this.#sms.update(phone.sms);
    this.element.classList.toggle("untouched", phone.messages.length === 0);
  }

  upsert(message) {
    this.#conversation.upsert(message);
    this.element.classList.remove("untouched");
  }

  remove(messageId) {
    this.#conversation.remove(messageId);
  }

  /** The bot answered the press of a button. */
  answer(text, alert) {
    this.#conversation.answered();
    if (text && alert) this.#sheets.alert(text);
    else if (text) this.#sheets.toast(text);
  }

  /** Put `text` into the input, ready to be sent. */
  fill(text) {
    this.#composer.fill(text);
  }

  focus() {
    this.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#composer.focus();
  }

  destroy() {
    clearInterval(this.#ticking);
    this.element.remove();
  }

  #head() {
    const more = iconButton("more", "Chat menu", () => this.#menu.toggle(this.#chatMenu(), more), {
      class: "tool",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    return h(
      "header",
      { class: "chat-head" },
      h("img", { class: "avatar", src: "/page/icon.svg", alt: "", width: "40", height: "40" }),
      h("div", { class: "about" }, this.#botName, this.#status),
      more,
      this.#menu.element,
    );
  }

  #chatMenu() {
    const blocked = this.#phone.blocked;
    return [
      {
        icon: "block",
        text: blocked ? "Unblock the bot" : "Block the bot",
        className: blocked ? "" : "danger",
        act: () => this.#block(!blocked),
      },
    ];
  }

  #intro() {
    return h(
      "div",
      { class: "intro" },
      h("p", {}, "Nothing has been said here yet."),
      h(
        "button",
        { type: "button", class: "primary", on: { click: () => this.#say("/start") } },
        "Start",
      ),
    );
  }

  #messageActions() {
    const { api, store, viewer } = this.#context;
    return {
      username: () => store.bot.username,
      botName: () => store.bot.name,
      say: (text) => this.#say(text),
      press: (message, row, column) =>
        this.#try(api.press(this.#phone.user_id, message.id, row, column)),
      edit: (message) => this.#composer.startEditing(message),
      show: (file) => viewer.show(file),
    };
  }

  #composerActions() {
    const { api, store } = this.#context;
    return {
      say: (text) => this.#say(text),
      edit: (message, text) =>
        text === message.text || this.#try(api.edit(this.#phone.user_id, message.id, text)),
      upload: (kind, file) => this.#try(api.upload(this.#phone.user_id, kind, file)),
      shareContact: () => this.#shareContact(),
      askContact: () => this.#askContact(),
      commands: () => store.bot.commands,
      lastOwn: () =>
        this.#phone.messages.findLast((m) => m.from === "me" && m.text && !m.photo && !m.document),
    };
  }

  async #say(text) {
    const newest = this.#phone.sms.at(-1);
    const sent = await this.#try(this.#context.api.send(this.#phone.user_id, text));
    if (sent && newest && codeIn(newest.text) === text) this.#readSms(); // the code has been used
    return sent;
  }

  async #shareContact() {
    const { api, store } = this.#context;
    const agreed = await this.#sheets.confirm({
      title: "Share your phone number?",
      text: `${store.bot.name} will see your name and your number, ${phoneNumber(this.#phone.phone)}.`,
      yes: "Share",
    });
    return agreed && this.#try(api.shareOwnContact(this.#phone.user_id));
  }

  #askContact() {
    this.#sheets.form({
      title: "Send a contact card",
      fields: [
        { name: "name", label: "Name", required: true, maxlength: "64", autocomplete: "off" },
        {
          name: "phone",
          label: "Phone number",
          required: true,
          type: "tel",
          placeholder: "+91 98765 43210",
          autocomplete: "off",
        },
      ],
      yes: "Send",
      submit: ({ name, phone }) => this.#context.api.sendContact(this.#phone.user_id, name, phone),
    });
  }

  #block(blocked) {
    return this.#try(this.#context.api.block(this.#phone.user_id, blocked));
  }

  #readSms() {
    this.#phone.sms = [];
    this.#sms.update([]);
    return this.#try(this.#context.api.readSms(this.#phone.user_id));
  }

  /** Whether the call succeeded; if not, its reason is shown on the phone. */
  async #try(call) {
    try {
      await call;
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      this.#conversation.answered();
      this.#sheets.toast(error.message, { error: true });
      return false;
    }
  }
}

function owner(phone) {
  return h(
    "header",
    { class: "owner" },
    avatar(phone.name),
    h("h2", { dir: "auto" }, phone.name),
    phone.role === "admin" && h("span", { class: "role" }, "admin"),
    h("span", { class: "number" }, h("bdi", {}, phoneNumber(phone.phone))),
  );
}
