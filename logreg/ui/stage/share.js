// The menu "Share": the link with its QR code, and files to take along. The browser holds what is shown, so it makes
// the files itself; only the QR code is drawn by Python (logreg/ui/files/qr.py).

/** @typedef {import("./stage.js").Stage} Stage */

/**
 * A file that can be taken along.
 * @typedef {object} Offer
 * @property {string} group what it stands under in the menu
 * @property {string} label
 * @property {string} file its name
 * @property {() => Blob|Promise<Blob>} make
 */

export const LONGEST_CODE = 1200; // characters of a link (qr.py)
const PAGE_HEADER = 56; // pixels, with a gap
const LEAST_HEIGHT = 240; // pixels
const NOT_OF_THE_SCREEN = ["cue", "session"]; // in the address: how the page came here

export const SHARE = `
  <button type="button" class="button wide" data-share="open" aria-haspopup="dialog" aria-expanded="false"
    title="Link, QR code and files of this screen">Share</button>
  <div class="share" role="dialog" aria-label="Share" data-testid="share" hidden>
    <div class="link">
      <button type="button" class="code" data-share="large" aria-label="QR code: show it large" title="Show it large">
        <img alt="QR code of the link"></button>
      <div><p><b>The link of this screen</b></p>
        <p><input type="text" readonly aria-label="The link of this screen"></p>
        <p><button type="button" class="button" data-share="copy">Copy the link</button>
          <button type="button" class="button" data-share="large">QR code, large</button></p>
        <p class="said" role="status"></p></div>
    </div>
    <div class="offers"></div>
    <button type="button" class="button" data-share="close">Close (Esc)</button>
  </div>
  <dialog class="hall" aria-label="QR code of this screen"><img alt="QR code of the link"><p></p>
    <button type="button" class="button" data-share="small">Close (Esc)</button></dialog>`;

/** Return the link of the screen: the address, without how the page came here. */
export function linkOfScreen() {
  const url = new URL(window.location.href);
  for (const name of NOT_OF_THE_SCREEN) url.searchParams.delete(name);
  return url.href;
}

/** The menu of a stage. */
export class Share {
  /**
   * @param {Stage} stage
   * @param {() => Offer[]} offers what can be taken along now
   */
  constructor(stage, offers) {
    this.stage = stage;
    this.offers = offers;
    this.button = stage.find('[data-share="open"]');
    this.panel = stage.find(".share");
    this.hall = /** @type {HTMLDialogElement} */ (stage.find(".hall"));
    this.link = /** @type {HTMLInputElement} */ (this.panel.querySelector("input"));
    this.list = stage.find(".offers");
    this.said = stage.find(".share .said");
    this.listen();
  }

  listen() {
    /** @type {{[name: string]: () => unknown}} */
    const acts = {
      open: () => this.toggle(),
      close: () => this.close(),
      copy: () => this.copy(),
      large: () => this.hall.showModal(),
      small: () => this.hall.close(),
    };
    for (const button of this.stage.all("[data-share]")) {
      button.addEventListener("click", () => acts[button.dataset.share || ""]());
    }
    this.link.addEventListener("focus", () => this.link.select());
    this.hall.addEventListener("click", ({ target }) => target === this.hall && this.hall.close());
    this.list.addEventListener("click", ({ target }) => {
      const button = target instanceof Element && target.closest("button");
      if (button) this.take(Number(button.dataset.offer));
    });
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle() {
    if (this.isOpen) return this.close();
    this.stage.legend.close(); // one panel at a time: they lie in one place
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.tell("");
    this.refresh();
    this.fit();
  }

  /** Stay on the screen, whatever its size has become. */
  fit() {
    if (this.isOpen) fitOver(this.panel, this.stage.transport.row);
  }

  /** Close what lies on top. */
  close() {
    if (this.hall.open) return this.hall.close();
    const hadFocus = this.panel.contains(this.stage.root.activeElement);
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (hadFocus) this.button.focus({ preventScroll: true });
  }

  /** Follow the stage, while the menu is open. */
  refresh() {
    if (!this.isOpen) return;
    const link = linkOfScreen();
    if (this.link.value !== link) this.showLink(link);
    const html = written(this.offers());
    if (this.list.innerHTML !== html) this.list.innerHTML = html;
  }

  /** @param {string} link */
  showLink(link) {
    this.link.value = link;
    const isShort = link.length <= LONGEST_CODE;
    for (const element of this.stage.all(".code, [data-share=large]")) element.hidden = !isShort;
    if (!isShort) return this.tell("The link is too long for a QR code: it carries many edited points.");
    const code = new URL(`../../qr.svg?link=${encodeURIComponent(link)}`, import.meta.url).href;
    for (const image of this.stage.root.querySelectorAll("img")) image.src = code;
    /** @type {HTMLElement} */ (this.hall.querySelector("p")).textContent = link;
  }

  async copy() {
    this.tell((await copied(this.link)) ? "The link is copied." : "Copy it by hand: it is selected.");
  }

  /** @param {number} index of an offer */
  async take(index) {
    const offer = this.offers()[index];
    if (!offer) return;
    this.tell(`${offer.file} is being made …`);
    try {
      save(offer.file, await offer.make());
      this.tell(`${offer.file} is saved.`);
    } catch (error) {
      console.error("A file was not made.", error);
      this.tell(`${offer.file} could not be made. Reload the page to try again.`);
    }
  }

  /** @param {string} text */
  tell(text) {
    this.said.textContent = text;
  }
}

/**
 * Let a panel stay on the screen: as high as there is room over the transport.
 * @param {HTMLElement} panel @param {HTMLElement} transport
 */
export function fitOver(panel, transport) {
  const room = transport.getBoundingClientRect().top - PAGE_HEADER;
  panel.style.maxHeight = `${Math.max(room, LEAST_HEIGHT)}px`;
  panel.scrollIntoView({ block: "nearest" });
}

/**
 * Return the list of what can be taken along as HTML, each group on its line.
 * @param {Offer[]} offers
 */
function written(offers) {
  const groups = [...new Set(offers.map(({ group }) => group))];
  const place = document.createElement("div");
  for (const name of groups) {
    const line = place.appendChild(document.createElement("p"));
    line.append(Object.assign(document.createElement("b"), { textContent: name }));
    offers.forEach(({ group, label, file }, index) => {
      if (group !== name) return;
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
      Object.assign(button, { className: "button", title: file }).dataset.offer = String(index);
      line.append(" ", button);
    });
  }
  return place.innerHTML;
}

/**
 * Copy what stands in a field; leave it selected where the browser allows no copying.
 * @param {HTMLInputElement} field
 */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value); // there is none on a page without https
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

/**
 * Save a file by the browser's own ways.
 * @param {string} file
 * @param {Blob} content
 */
export function save(file, content) {
  const href = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000); // the browser may still read it
}
