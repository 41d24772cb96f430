/** A document or a photo over the whole page. */

import { h, icon, iconButton } from "./dom.js";

// What the server does not hand out as a download.
const PICTURES = new Set(["image/gif", "image/jpeg", "image/png", "image/webp"]);

export class Viewer {
  element = h("dialog", { class: "viewer", "aria-label": "Document" });

  constructor() {
    // A frame goes on loading and holds the keyboard as long as it is there.
    this.element.addEventListener("close", () => this.element.replaceChildren());
    this.element.addEventListener(
      "click",
      (event) => event.target === this.element && this.element.close(),
    );
  }

  /** Show a file ({name, mime, url}); false when this browser cannot show its kind on a page. */
  show(file) {
    const content = body(file);
    if (!content) return false;
    this.element.replaceChildren(
      h(
        "header",
        { class: "viewer-head" },
        h("h2", { dir: "auto" }, file.name),
        h(
          "a",
          { class: "quiet", href: file.url, target: "_blank", rel: "noopener" },
          icon("external"),
          h("span", {}, "Open in a new tab"),
        ),
        h(
          "a",
          { class: "primary", href: file.url, download: file.name },
          icon("download"),
          h("span", {}, "Download"),
        ),
        iconButton("close", "Close", () => this.element.close(), {
          class: "tool",
          autofocus: true,
        }),
      ),
      content,
    );
    this.element.showModal();
    return true;
  }
}

function body({ mime, url, name, width, height }) {
  if (PICTURES.has(mime)) {
    return h("div", { class: "viewer-body" }, h("img", { src: url, alt: name, width, height }));
  }
  if (mime === "application/pdf" && navigator.pdfViewerEnabled) {
    return h("iframe", { class: "viewer-body", src: `${url}#navpanes=0&view=FitH`, title: name });
  }
  return null;
}
