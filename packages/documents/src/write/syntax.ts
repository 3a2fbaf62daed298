/** PDF syntax (ISO 32000-1 §7.3) as strings in which each character is one byte. */

/** A length, to a hundredth of a point: less than a printer's dot. Without exponent, as PDF wants it. */
export const number = (value: number): string => String(Math.round(value * 100) / 100)

/** A colour's channel, 0 to 255, as a part of one. */
export const channel = (value: number): string => String(Math.round((value / 255) * 1000) / 1000)

const DELIMITERS = /[^!-~]|[#()<>[\]{}/%]/g

export const name = (value: string): string =>
  `/${value.replace(DELIMITERS, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`

/** A text string: ASCII as it is, all else UTF-16 with its mark (§7.9.2.2). */
export function textString(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `(${value.replace(/[\\()]/g, '\\$&')})`
  let hex = 'feff'
  for (let index = 0; index < value.length; index++)
    hex += value.charCodeAt(index).toString(16).padStart(4, '0')
  return `<${hex}>`
}

export const hexString = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`

/** A date in UTC (§7.9.4). */
export function dateString(milliseconds: number): string {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(0, 14)
  return `(D:${digits}Z)`
}

/** A dictionary of values that are PDF syntax already; undefined ones are left out. */
export function dictionary(entries: Readonly<Record<string, string | undefined>>): string {
  let text = '<<'
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) text += `/${key} ${value}`
  return `${text}>>`
}

export const array = (values: readonly string[]): string => `[${values.join(' ')}]`
