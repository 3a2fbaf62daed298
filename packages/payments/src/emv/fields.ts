/**
 * Fields of a code, one after the other: two digits of the tag, two of the length, the value (EMVCo QRCPS-MPM 1.1
 * §3.2). Throws `RangeError` for a value that is empty, longer than 99, or not of plain letters.
 */
export function fields(entries: readonly (readonly [tag: string, value: string])[]): string {
  return entries.map(([tag, value]) => field(tag, value)).join('')
}

function field(tag: string, value: string): string {
  if (!/^[\x20-\x7e]{1,99}$/.test(value)) throw new RangeError(`tag ${tag} of a code cannot hold this`)
  return `${tag}${String(value.length).padStart(2, '0')}${value}`
}
