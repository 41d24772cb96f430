/** The simulator's HTTP interface: calls, and the stream of what happens. */

const EVENTS = ["message", "delete", "phone", "phones", "answer", "sms", "bot"];
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;

/** A call that did not succeed; its message is a sentence for the person. */
export class CallFailed extends Error {}

export class Api {
  #turns = new Map();

  state() {
    return call("/api/state");
  }

  addPhone(name, phone) {
    return call("/api/phones", json({ name, phone }));
  }

  send(userId, text) {
    return this.#inTurn(userId, "send", json({ text }));
  }

  press(userId, messageId, row, column) {
    return this.#inTurn(userId, "press", json({ message_id: messageId, row, column }));
  }

  edit(userId, messageId, text) {
    return this.#inTurn(userId, "edit", json({ message_id: messageId, text }));
  }

  shareOwnContact(userId) {
    return this.#inTurn(userId, "share-contact", json({}));
  }

  sendContact(userId, name, phone) {
    return this.#inTurn(userId, "contact", json({ name, phone }));
  }

  /** `kind` is "photo" or "document". */
  upload(userId, kind, file) {
    const body = new FormData();
    body.append("file", file, file.name);
    return this.#inTurn(userId, kind, { method: "POST", body });
  }

  block(userId, blocked) {
    return this.#inTurn(userId, "block", json({ blocked }));
  }

  readSms(userId) {
    return this.#inTurn(userId, "read-sms", json({}));
  }

  // One call at a time per phone, so that what is typed fast arrives in the order it was typed.
  #inTurn(userId, action, options) {
    const turn = (this.#turns.get(userId) ?? Promise.resolve()).then(() =>
      call(`/api/phones/${encodeURIComponent(userId)}/${action}`, options),
    );
    this.#turns.set(
      userId,
      turn.catch(() => {}),
    );
    return turn;
  }
}

/**
 * Follow the stream for as long as the page lives. `onOpen` runs at each connection (what happened
 * in between is unknown: load the state), `onLost` at each loss, `onEvent(kind, data)` at each event.
 */
export function follow(url, { onOpen, onLost, onEvent }) {
  let retry = FIRST_RETRY_MS;
  const connect = () => {
    const source = new EventSource(url);
    source.addEventListener("open", () => {
      retry = FIRST_RETRY_MS;
      onOpen();
    });
    source.addEventListener("error", () => {
      onLost();
      if (source.readyState !== EventSource.CLOSED) return; // the browser reconnects by itself
      setTimeout(connect, retry);
      retry = Math.min(retry * 2, LONGEST_RETRY_MS);
    });
    for (const kind of EVENTS) {
      source.addEventListener(kind, (event) => onEvent(kind, JSON.parse(event.data || "{}")));
    }
  };
  connect();
}

function json(value) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  };
}

async function call(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new CallFailed("The simulator does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new CallFailed(answer.error || `That did not work (HTTP ${response.status}).`);
  }
  return answer;
}
