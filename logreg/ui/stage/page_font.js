// The page's own font, for what leaves the page: a picture or a file has only what is in it.

/** @type {Promise<string>|null} */
let found = null;

/** Return the rule for the page's font with the font in it; nothing where the page has none of its own. */
export function fontRule() {
  found ??= embedded().catch(() => ""); // a font of the system stands in
  return found;
}

async function embedded() {
  const family = plain(getComputedStyle(document.body).fontFamily.split(",")[0]);
  for (const sheet of document.styleSheets) {
    const rule = rulesOf(sheet).find(
      (one) => one instanceof CSSFontFaceRule && isUpright(one.style) && plain(one.style.getPropertyValue("font-family")) === family,
    );
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const [, address] = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src")) || [];
    const answer = await fetch(new URL(address, sheet.href || document.baseURI));
    if (!answer.ok) return "";
    const weight = rule.style.getPropertyValue("font-weight") || "normal";
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(${await asData(await answer.blob())})}`;
  }
  return "";
}

/** @param {CSSStyleSheet} sheet @returns {CSSRule[]} */
function rulesOf(sheet) {
  try {
    return Array.from(sheet.cssRules);
  } catch {
    return []; // another site's
  }
}

/** @param {CSSStyleDeclaration} style */
function isUpright(style) {
  return !/italic|oblique/.test(style.getPropertyValue("font-style"));
}

/** @param {string} name */
function plain(name) {
  return name.replace(/["']/g, "").trim();
}

/**
 * @param {Blob} content
 * @returns {Promise<string>} an address that holds it
 */
function asData(content) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(content);
  });
}
