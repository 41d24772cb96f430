/** The server's HTML, rebuilt from nothing but the tags a message may have; and its links. */

import { h } from "./dom.js";

const PLAIN_TAGS = new Set(["B", "I", "U", "S", "CODE", "PRE", "BLOCKQUOTE", "BR"]);
const DROPPED_WITH_CONTENT = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "SVG"]);
const LINK_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const CHAT_HOSTS = new Set(["t.me", "telegram.me"]);
const TAPPABLE =
  /(?<![\w/@])\/[a-z][a-z0-9_]{0,31}(?![\w/])|\b(?:https?:\/\/|(?:t|wa)\.me\/)[^\s<>"]+[^\s<>".,;:!?)\]}]/giu;

/**
 * What a link does: `{start}` says "/start …" to this bot (`start` may be ""), `{url}` opens a page
 * elsewhere; null when it may do nothing.
 */
export function target(href, username) {
  let url;
  try {
    url = new URL(/^(?:t|wa)\.me\//iu.test(href) ? `https://${href}` : href);
  } catch {
    return null;
  }
  const own = username.toLowerCase();
  const chat = CHAT_HOSTS.has(url.hostname) ? url.pathname.split("/")[1] : null;
  if (own && chat?.toLowerCase() === own) return { start: url.searchParams.get("start") ?? "" };
  if (own && url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === own) {
    return { start: url.searchParams.get("start") ?? "" };
  }
  return LINK_SCHEMES.has(url.protocol) ? { url: url.href } : null;
}

/**
 * The message as nodes. `say(text)` is called when a command or a link to this bot is tapped.
 * The parsed document is inert: nothing in it runs or loads, and no node of it reaches the page.
 */
export function richText(html, { username, say }) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return rebuild(parsed.body, { username, say });
}

function rebuild(parent, context) {
  const fragment = document.createDocumentFragment();
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      fragment.append(context.verbatim ? node.data : tappable(node.data, context));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      fragment.append(rebuildElement(node, context));
    }
  }
  return fragment;
}

function rebuildElement(node, context) {
  const tag = node.tagName.toUpperCase();
  if (DROPPED_WITH_CONTENT.has(tag)) return "";
  if (tag === "A") {
    const children = rebuild(node, { ...context, verbatim: true });
    return link(node.getAttribute("href") ?? "", children, context) ?? children;
  }
  if (tag === "TG-SPOILER") return spoiler(rebuild(node, context));
  if (!PLAIN_TAGS.has(tag)) return rebuild(node, context);
  const verbatim = context.verbatim || tag === "CODE" || tag === "PRE";
  return h(tag.toLowerCase(), {}, rebuild(node, { ...context, verbatim }));
}

/** Bare commands and addresses can be tapped, as in every chat. */
function tappable(text, context) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(TAPPABLE)) {
    fragment.append(text.slice(end, match.index));
    const [found] = match;
    fragment.append(
      found.startsWith("/") ? command(found, context) : (link(found, found, context) ?? found),
    );
    end = match.index + found.length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

function command(text, { say }) {
  return h("button", { type: "button", class: "link", on: { click: () => say(text) } }, text);
}

function link(href, children, { username, say }) {
  const goal = target(href, username);
  if (!goal) return null;
  if (goal.url) {
    return h("a", { href: goal.url, target: "_blank", rel: "noopener noreferrer" }, children);
  }
  const text = `/start ${goal.start}`.trim();
  const tap = (event) => {
    event.preventDefault();
    say(text);
  };
  return h("a", { href, title: `Sends ${text}`, on: { click: tap } }, children);
}

function spoiler(children) {
  const cover = h("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": "Show the hidden text",
  });
  const hidden = h("span", { "aria-hidden": "true" }, children);
  const reveal = () => cover.replaceWith(...hidden.childNodes);
  cover.append(hidden);
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
  return cover;
}
