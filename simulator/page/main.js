/** The page: puts the parts together and keeps them true. */

import { Api, follow } from "./api.js";
import { Deck } from "./deck.js";
import { Steps } from "./steps.js";
import { Store } from "./store.js";
import { Viewer } from "./viewer.js";

const RELOAD_AFTER_MS = 1000;

const $ = (id) => document.getElementById(id);
const api = new Api();
const store = new Store();
const viewer = new Viewer();
const deck = new Deck($("phones"), $("tabs"), { api, store, viewer });
const steps = new Steps($("steps"), $("show-steps"), (role, text) => {
  const phone = role === "admin" ? store.admin : store.partner;
  if (!phone) return;
  deck.show(phone.user_id);
  deck.view(phone.user_id).fill(text);
});
document.body.append(viewer.element);

let streaming = false;

async function load() {
  try {
    await store.load(() => api.state());
    store.setConnected(streaming);
  } catch {
    setTimeout(load, RELOAD_AFTER_MS);
  }
}

function showBot() {
  const { bot, connected } = store;
  const state = !connected ? "wait" : bot.online ? "on" : "off";
  $("bot-state").dataset.state = state;
  $("bot-state").textContent = { wait: "connecting…", on: "online", off: "offline" }[state];
  if (bot.name) {
    $("bot-name").textContent = bot.name;
    document.title = `${bot.name} · simulator`;
  }
  const notice = !connected
    ? "Connecting to the simulator…"
    : bot.online
      ? ""
      : bot.notice || "The bot is starting…";
  if ($("notice").textContent !== notice) $("notice").textContent = notice;
  $("notice").hidden = !notice;
}

store.addEventListener("loaded", () => {
  showBot();
  deck.replace(store.phones);
  steps.update(store.partner);
});
store.addEventListener("stale", load);
store.addEventListener("bot", () => {
  showBot();
  deck.updateAll();
});
store.addEventListener("phone", ({ detail }) => deck.view(detail.user_id)?.update());
store.addEventListener("sms", ({ detail }) => {
  deck.view(detail.user_id)?.update();
  deck.noticed(detail.user_id);
});
store.addEventListener("message", ({ detail }) => {
  deck.view(detail.user_id)?.upsert(detail.message);
  if (detail.isNew && detail.message.from === "bot") deck.noticed(detail.user_id);
});
store.addEventListener("delete", ({ detail }) =>
  deck.view(detail.user_id)?.remove(detail.message_id),
);
store.addEventListener("answer", ({ detail }) =>
  deck.view(detail.user_id)?.answer(detail.text, detail.alert),
);

follow("/api/events", {
  onOpen: () => {
    streaming = true;
    load();
  },
  onLost: () => {
    streaming = false;
    store.setConnected(false);
  },
  onEvent: (kind, data) => store.apply(kind, data),
});
