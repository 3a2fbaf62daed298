const VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WEIGHTS = [7, 3, 1] as const

/** The check digit of a part of a machine-readable zone (ICAO 9303-3 §4.9): weights 7, 3, 1, modulo 10; `<` counts 0. */
export function checkDigit(part: string): string {
  let sum = 0
  for (let at = 0; at < part.length; at++)
    sum += Math.max(0, VALUES.indexOf(part[at] ?? '')) * (WEIGHTS[at % 3] ?? 0)
  return String(sum % 10)
}
