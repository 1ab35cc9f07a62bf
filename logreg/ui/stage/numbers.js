// Numbers as text that does not lie, by the rules of logreg/figures/numbers.py; a test holds the two together. What is
// not zero is never shown as zero, and what is not one never as one.

/** @type {{[digit: string]: string}} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const PLAIN_FROM = -4; // decimal exponents from here on need no power of ten …
const PLAIN_BELOW = 7; // … and whole numbers below this one neither
const MOST_NINES = 8; // digits after which 0.99… is written as 1 − …
const UNDERFLOW = "0 in float64";

/**
 * Write a number for a reader.
 * @param {number} value any number
 * @param {number} digits significant digits, 1 to 15
 * @returns {string}
 */
export function formatNumber(value, digits = 4) {
  if (Number.isNaN(value)) return "not a number";
  if (value === 0) return "0";
  const size = Number.isFinite(value) ? positive(Math.abs(value), digits, value < 0) : "∞";
  return value < 0 ? `−${size}` : size;
}

/**
 * Write a quantity that is positive whatever float64 says of it, as a cross-entropy is.
 * @param {number} value
 */
export function formatPositive(value, digits = 4) {
  return value === 0 ? UNDERFLOW : formatNumber(value, digits);
}

/**
 * Write a power of ten, as 1, 10 or 10².
 * @param {number} exponent
 */
export function formatPower(exponent) {
  if (exponent === 0 || exponent === 1) return exponent === 0 ? "1" : "10";
  return `10${String(exponent).replace(/./g, (digit) => SUPERSCRIPTS[digit])}`;
}

/**
 * Write a count of steps or points, as 12,345.
 * @param {number} value
 */
export function formatCount(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Write a step: every digit of one that was taken, four of those that a flow is continued to.
 * @param {number} step
 */
export function formatStep(step) {
  return Number.isInteger(step) && step < 10 ** PLAIN_BELOW ? formatCount(step) : formatNumber(step);
}

/**
 * Write by how many percent a value is below a target: never 100 while there is something of it.
 * @param {number} value from 0 to the target
 * @param {number} target positive
 */
export function formatShortfall(value, target) {
  const percent = 100 * ((target - value) / target);
  for (let digits = 3; digits <= MOST_NINES + 1; digits += 1) {
    const text = formatNumber(percent, digits);
    if (value === 0 || Number(text) !== 100) return text;
  }
  return `(100 − ${formatNumber(100 * (value / target), 3)})`;
}

/**
 * @param {number} number positive and finite
 * @param {number} digits
 * @param {boolean} negative whether a minus stands before it
 * @returns {string}
 */
function positive(number, digits, negative) {
  if (Number.isInteger(number) && number < 10 ** PLAIN_BELOW) return formatCount(number); // every digit is exact
  let [mantissa, exponent] = rounded(number, digits);
  while (isOne(mantissa, exponent) && digits <= MOST_NINES) {
    digits += 1;
    [mantissa, exponent] = rounded(number, digits);
  }
  if (isOne(mantissa, exponent)) return besideOne(number, negative);
  const shown = Number(`${mantissa}e${exponent}`);
  if (number === shown) mantissa = withoutZeros(mantissa); // they would say that it was rounded
  if (exponent >= PLAIN_FROM && exponent < digits) {
    const decimals = (mantissa.split(".")[1] || "").length - exponent;
    return shown.toFixed(Math.max(decimals, 0));
  }
  return mantissa === "1" ? formatPower(exponent) : `${mantissa}·${formatPower(exponent)}`;
}

/**
 * Return mantissa (with all its digits) and exponent of the rounded number. JavaScript rounds the exact decimal value
 * too, but half up; a tie goes to the even digit here, as in Python.
 * @param {number} number
 * @param {number} digits
 * @returns {[string, number]}
 */
function rounded(number, digits) {
  const [longer, exponent] = number.toExponential(digits).split("e");
  const kept = longer.slice(0, digits === 1 ? 1 : -1);
  const isTie = longer.endsWith("5") && longer.replace(".", "") === exactDigits(number);
  if (isTie && Number(kept.slice(-1)) % 2 === 0) return [kept, Number(exponent)];
  const [mantissa, power] = number.toExponential(digits - 1).split("e");
  return [mantissa, Number(power)];
}

/**
 * Return all significant digits of a float64, which is a binary fraction.
 * @param {number} number
 */
function exactDigits(number) {
  let halvings = 0;
  for (; !Number.isInteger(number); halvings += 1) number *= 2; // doubling rounds nothing
  return String(BigInt(number) * 5n ** BigInt(halvings)).replace(/0+$/, "");
}

/** @param {string} mantissa @param {number} exponent */
function isOne(mantissa, exponent) {
  return exponent === 0 && withoutZeros(mantissa) === "1";
}

/** @param {string} mantissa */
function withoutZeros(mantissa) {
  return mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
}

/**
 * Write 1 ± the difference, which float64 holds exactly this close to 1.
 * @param {number} number
 * @param {boolean} negative
 */
function besideOne(number, negative) {
  const difference = number - 1;
  const text = `1 ${difference < 0 ? "−" : "+"} ${positive(Math.abs(difference), 3, false)}`;
  return negative ? `(${text})` : text;
}
