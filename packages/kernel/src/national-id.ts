/**
 * Thai 13-digit identification numbers: people (first digit 1 to 8), juristic persons and others (0).
 * The last digit is a check over the first twelve: weights 13 to 2, modulo 11.
 */
const DIGITS_13 = /^[0-9]{13}$/
const DIGITS_12 = /^[0-9]{12}$/

/** The check digit of the first twelve digits. Throws RangeError when they are not twelve ASCII digits. */
export function nationalIdCheckDigit(first12: string): number {
  if (!DIGITS_12.test(first12)) throw new RangeError('an identification number starts with twelve digits')
  let sum = 0
  for (let i = 0; i < 12; i++) sum += (first12.charCodeAt(i) - 48) * (13 - i)
  return (11 - (sum % 11)) % 10
}

/** Whether the text is thirteen ASCII digits with the right check digit. Says nothing of whether anyone has it. */
export function isNationalId(text: string): boolean {
  return DIGITS_13.test(text) && nationalIdCheckDigit(text.slice(0, 12)) === text.charCodeAt(12) - 48
}

/**
 * For showing to anyone but its holder: `1-2345-xxxxx-12-1`.
 * A text that is not thirteen digits is hidden whole, since nobody knows what it is.
 */
export function maskNationalId(text: string): string {
  if (!DIGITS_13.test(text)) return 'x-xxxx-xxxxx-xx-x'
  return `${text[0]}-${text.slice(1, 5)}-xxxxx-${text.slice(10, 12)}-${text[12]}`
}

/** As it is printed on the card: `1-2345-67890-12-1`. Throws RangeError when it is not thirteen ASCII digits. */
export function formatNationalId(text: string): string {
  if (!DIGITS_13.test(text)) throw new RangeError('an identification number has thirteen digits')
  return `${text[0]}-${text.slice(1, 5)}-${text.slice(5, 10)}-${text.slice(10, 12)}-${text[12]}`
}
