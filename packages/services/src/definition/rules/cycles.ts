import type { Finding } from '../finding.ts'
import { type Part, partsOf } from './dependencies.ts'
import type { Rule } from './rule.ts'

/** Nothing waits for itself, and a calculated value reads only what stands before it. */
export const nothingWaitsForItself: Rule = (read) => {
  const parts = partsOf(read)
  const cycles = cyclesOf(parts)
  const inCycle = new Set(cycles.flat().map(({ name }) => name))
  const source = (part: Part) => (part.file === 'form' ? read.form.source : read.service.source)
  return [
    ...cycles.flatMap(([first, ...others]): readonly Finding[] => {
      if (first === undefined) return []
      const way = [first, ...others, first].map(({ name }) => name).join(' → ')
      return [
        source(first).note(first.pointer, 'cycle', {
          th: `รอกันเป็นวง: ${way}`,
          en: `These wait for each other: ${way}.`,
        }),
      ]
    }),
    ...readsLater(parts.filter(({ name }) => !inCycle.has(name))).map(({ part, later }) =>
      source(part).note(part.pointer, 'cycle', {
        th: `อ่าน ${later} ซึ่งอยู่ถัดไป ย้ายขึ้นมาก่อน`,
        en: `This reads ${later}, which stands only after it: move that up.`,
      }),
    ),
  ]
}

function readsLater(parts: readonly Part[]): readonly { readonly part: Part; readonly later: string }[] {
  const order = parts.filter(({ name }) => name.startsWith('calc.')).map(({ name }) => name)
  return parts.flatMap((part) => {
    const at = order.indexOf(part.name)
    if (at === -1) return []
    return part.needs.filter((need) => order.indexOf(need) > at).map((later) => ({ part, later }))
  })
}

/** Each ring of parts once, from the part that stands first. */
function cyclesOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const byName = new Map(parts.map((part) => [part.name, part]))
  const done = new Set<string>()
  const found: Part[][] = []
  const walk = (part: Part, way: readonly Part[]): void => {
    const back = way.indexOf(part)
    if (back !== -1) {
      found.push(way.slice(back))
      return
    }
    if (done.has(part.name)) return
    for (const need of part.needs) {
      const next = byName.get(need)
      if (next !== undefined) walk(next, [...way, part])
    }
    done.add(part.name)
  }
  for (const part of parts) walk(part, [])
  return found
}
