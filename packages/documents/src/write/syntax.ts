/** PDF syntax (ISO 32000-1 §7.3) as strings in which each character is one byte. */

/** A number without exponent, rounded to a thousandth of a point. */
export function number(value: number): string {
  const rounded = Math.round(value * 1000) / 1000
  if (Number.isInteger(rounded)) return String(rounded === 0 ? 0 : rounded)
  return rounded.toFixed(3).replace(/0+$/, '')
}

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
