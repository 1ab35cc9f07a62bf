// Numbers as text that does not lie: the same rules as logreg/figures/numbers.py. What is not zero is never shown
// as zero, and what is not one never as one.

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const PLAIN_FROM = -4; // decimal exponents from here on need no power of ten …
const PLAIN_BELOW = 7; // … and whole numbers below this one neither
const MOST_NINES = 8; // digits after which 0.99… is written as 1 − …

/**
 * Write a number for a reader.
 * @param {number} value any number
 * @param {number} digits significant digits
 * @returns {string}
 */
export function formatNumber(value, digits = 4) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  return (value < 0 ? "−" : "") + positive(Math.abs(value), digits, value < 0);
}

/** Write a count of steps or points, as 12,345. */
export function formatCount(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Write a step: every digit of one that was taken, four of those that a flow is continued to. */
export function formatStep(step) {
  return Number.isInteger(step) && step < 10 ** PLAIN_BELOW ? formatCount(step) : formatNumber(step);
}

function positive(number, digits, negative) {
  if (Number.isInteger(number) && number < 10 ** PLAIN_BELOW) return formatCount(number); // every digit is exact
  let [mantissa, exponent] = rounded(number, digits);
  while (Number(`${mantissa}e${exponent}`) === 1 && digits <= MOST_NINES) {
    digits += 1;
    [mantissa, exponent] = rounded(number, digits);
  }
  const shown = Number(`${mantissa}e${exponent}`);
  if (shown === 1) return besideOne(number, negative);
  if (number === shown && mantissa.includes(".")) mantissa = mantissa.replace(/\.?0+$/, ""); // nothing was rounded
  if (exponent >= PLAIN_FROM && exponent < digits) {
    const decimals = (mantissa.split(".")[1] || "").length - exponent;
    return shown.toFixed(Math.max(decimals, 0));
  }
  const power = "10" + String(exponent).replace(/./g, (digit) => SUPERSCRIPTS[digit]);
  return mantissa === "1" ? power : `${mantissa}·${power}`;
}

function rounded(number, digits) {
  const [mantissa, exponent] = number.toExponential(digits - 1).split("e");
  return [mantissa, Number(exponent)];
}

// 1 ± the difference, which float64 holds exactly this close to 1.
function besideOne(number, negative) {
  const difference = number - 1;
  const text = `1 ${difference < 0 ? "−" : "+"} ${positive(Math.abs(difference), 3, false)}`;
  return negative ? `(${text})` : text;
}
