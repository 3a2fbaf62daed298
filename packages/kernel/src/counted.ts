/**
 * A whole number with its English noun: `1 working day`, `1,200 working days`. Give `many` where the plural is not
 * `one` with an s. Thai needs none of this: its nouns don't change.
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** `Intl.NumberFormat` would do it too, but takes longer than the steps of an exchange whose words have a number in them. */
function grouped(count: number): string {
  const digits = String(count)
  return digits.length < 4 ? digits : digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

const place = /\{(\w+)(?:\|([^{}|]+)\|([^{}|]+))?\}/g

/**
 * A text with its places filled in. `{days}` takes the value as it is; `{days|working day|working days}` takes a whole
 * number and the noun that goes with it. A place without a value stays as it is written.
 */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(place, (whole, name: string, one?: string, many?: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return whole
    return one === undefined ? String(value) : counted(Number(value), one, many)
  })
}
