/** By code points, as UTF-8 sorts; JavaScript's own order differs beyond the basic plane. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  for (let at = 0; ; ) {
    const left = one.codePointAt(at)
    const right = other.codePointAt(at)
    if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1
    if (left !== right) return left - right
    at += left > 0xffff ? 2 : 1
  }
}
