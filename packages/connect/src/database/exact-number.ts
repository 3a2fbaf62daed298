/**
 * A number as it stands in SQL without rounding: at most `scale` digits after the point; undefined where no column of that scale
 * can have it. `0002.50` is `2.5`.
 */
export function exactNumber(text: string, scale: number): string | undefined {
  const [, sign, whole = '', fraction = ''] = /^(-?)([0-9]{1,38})(?:\.([0-9]{1,38}))?$/.exec(text) ?? []
  if (sign === undefined) return undefined
  const digits = whole.replace(/^0+(?=.)/, '')
  const rest = fraction.replace(/0+$/, '')
  if (rest.length > scale || digits.length + rest.length > 38) return undefined
  return `${sign}${digits}${rest === '' ? '' : `.${rest}`}`
}
