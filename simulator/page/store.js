/** What the page knows: the bot and the phones, kept true by the stream of events. */

export class Store extends EventTarget {
  bot = { name: "", username: "", commands: [], online: false, notice: "" };
  connected = false;
  phones = new Map();

  #loading = false;
  #waiting = [];

  /** The phone whose owner is the admin, or undefined. */
  get admin() {
    return [...this.phones.values()].find((phone) => phone.role === "admin");
  }

  /** The first phone of somebody who is not the admin, or undefined. */
  get partner() {
    return [...this.phones.values()].find((phone) => phone.role !== "admin");
  }

  setConnected(connected) {
    if (this.connected === connected) return;
    this.connected = connected;
    this.#tell("bot");
  }

  /**
   * Replace everything by what `fetchState` brings. Events that arrive meanwhile are applied after
   * it: the snapshot may be older than they are, and applying one twice changes nothing.
   */
  async load(fetchState) {
    if (this.#loading) {
      this.#waiting.push(["phones", {}]);
      return;
    }
    this.#loading = true;
    try {
      const state = await fetchState();
      this.bot = { notice: "", ...state.bot };
      this.phones = new Map(state.phones.map((phone) => [phone.user_id, phone]));
    } finally {
      this.#loading = false;
    }
    this.#tell("loaded");
    for (const [kind, data] of this.#waiting.splice(0)) this.apply(kind, data);
  }

  /** Take in one event; tells its kind, or "stale" when only loading anew will help. */
  apply(kind, data) {
    if (this.#loading) {
      this.#waiting.push([kind, data]);
      return;
    }
    if (kind === "phones") {
      this.#tell("stale");
    } else if (kind === "bot") {
      this.bot = { ...this.bot, ...data };
      this.#tell("bot");
    } else {
      const phone = this.phones.get(data.user_id);
      if (phone) this.#applyToPhone(phone, kind, data);
    }
  }

  #applyToPhone(phone, kind, data) {
    let isNew = false;
    const at = (id) => phone.messages.findIndex((message) => message.id === id);
    if (kind === "message") {
      const index = at(data.message.id);
      isNew = index < 0;
      if (isNew) phone.messages.push(data.message);
      else phone.messages[index] = data.message;
    } else if (kind === "delete") {
      const index = at(data.message_id);
      if (index >= 0) phone.messages.splice(index, 1);
    } else if (kind === "phone") {
      Object.assign(phone, data, { messages: phone.messages });
    } else if (kind === "sms") {
      const known = phone.sms.some((sms) => sms.at === data.at && sms.text === data.text);
      if (!known) phone.sms = [...phone.sms, { from: data.from, text: data.text, at: data.at }];
    }
    this.#tell(kind, { ...data, isNew });
  }

  #tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
