import { isFieldPath } from '../../fields/field-set.ts'

/** The paths that two lists of field paths have in common, each path with all below it; `*` is everything. */
export function commonFields(a: readonly string[], b: readonly string[]): string[] {
  const common = new Set<string>()
  for (const one of a) {
    for (const other of b) {
      if (!isFieldPath(one) || !isFieldPath(other)) continue
      if (isWithin(one, other)) common.add(one)
      else if (isWithin(other, one)) common.add(other)
    }
  }
  return [...common]
}

function isWithin(path: string, whole: string): boolean {
  return whole === '*' || path === whole || path.startsWith(`${whole}.`)
}
