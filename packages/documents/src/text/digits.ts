/** Which digits a number is written in. */
export type DigitStyle = 'thai' | 'arabic'

/** Writes every Arabic digit of a number or text as the Thai one: `thaiDigits(2567)` is `๒๕๖๗`. */
export function thaiDigits(value: number | string): string {
  return String(value).replace(/[0-9]/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
}

export function formatDigits(value: number | string, style: DigitStyle): string {
  return style === 'thai' ? thaiDigits(value) : String(value)
}

/**
 * A text as official papers have it: with Thai digits, but for those of an address or a code in Latin letters, which
 * would be another one then: `ที่ ๑๒/๒๕๖๙`, `saraban01@example.go.th`, `COVID-19`.
 */
export function officialDigits(text: string): string {
  return text.replace(/[!-~]+/g, (run) => (/[A-Za-z]/.test(run) ? run : thaiDigits(run)))
}
