import { createContext, Script } from 'node:vm'
import { sourceUnusable } from '../problems.ts'

/** A pattern can be such that a text of a few letters takes years: then the text does not fit. */
const LONGEST_MS = 100
const test = new Script('pattern.test(value)')

/** Whether a text fits a pattern of a JSON Schema. Throws `connector-source-unusable` where the pattern is none. */
export function fitsPattern(pattern: string, value: string): boolean {
  const context = createContext({ pattern: compiled(pattern), value })
  try {
    return test.runInContext(context, { timeout: LONGEST_MS }) === true
  } catch {
    return false
  }
}

function compiled(pattern: string): RegExp {
  for (const flags of ['u', ''])
    try {
      return new RegExp(pattern, flags)
    } catch {
      // Some write what is a pattern only without Unicode.
    }
  throw sourceUnusable({
    th: `คำอธิบายของบริการมี pattern ที่อ่านไม่ได้: ${pattern}`,
    en: `the service's description has a pattern that cannot be read: ${pattern}`,
  })
}
