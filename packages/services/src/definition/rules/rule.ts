import type { Text } from '@sapan/kernel'
import type { Finding } from '../finding.ts'
import { nearest } from '../read/nearest.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { References } from '../references.ts'

/** Something that must hold of every definition. */
export type Rule = (read: ReadDefinition, references: References) => readonly Finding[]

/** `There is no …`, with what was probably meant. */
export function thereIsNo(what: Text, name: string, known: Iterable<string>): Text {
  const all = [...known]
  const meant = nearest(name, all)
  if (meant !== undefined)
    return {
      th: `ไม่มี${what.th} “${name}” หมายถึง “${meant}” หรือไม่`,
      en: `There is no ${what.en} “${name}”. Did you mean “${meant}”?`,
    }
  const some = all.slice(0, 12).join(', ') + (all.length > 12 ? ', …' : '')
  if (all.length === 0) return { th: `ไม่มี${what.th} “${name}”`, en: `There is no ${what.en} “${name}”.` }
  return {
    th: `ไม่มี${what.th} “${name}” มี: ${some}`,
    en: `There is no ${what.en} “${name}”. There are: ${some}.`,
  }
}
