import { answerUnusable } from '../problems.ts'
import { type Answer, JsonNumber } from './remote-service.ts'

/** The names of a path; none of an empty one. */
export function namesIn(path: string): readonly string[] {
  return path === '' ? [] : path.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A name as it stands in a path. */
export function inPath(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/**
 * What lies at a path, lists on the way and at its end laid out. Throws `connector-answer-unusable` where a name is not there:
 * an answer of another kind is not one without rows.
 */
export function rowsAt(answer: Answer, path: string): readonly Answer[] {
  let found = laidOut(answer)
  for (const name of namesIn(path))
    found = found.flatMap((one) => {
      const next = memberOf(one, name)
      if (next === undefined) throw answerUnusable(notThere(path))
      return laidOut(next)
    })
  return found
}

/** The single value at a path within a row; undefined where it is not there, or null. */
export function valueAt(row: Answer, path: string): string | JsonNumber | boolean | undefined {
  let found: Answer | undefined = row
  for (const name of namesIn(path)) {
    if (found === null || found === undefined) return undefined
    found = memberOf(found, name)
  }
  if (found === null || found === undefined) return undefined
  if (typeof found === 'object' && !(found instanceof JsonNumber)) throw answerUnusable(notSingle(path))
  return found
}

function laidOut(answer: Answer): readonly Answer[] {
  if (answer === null) return []
  return isList(answer) ? answer.flatMap(laidOut) : [answer]
}

function memberOf(answer: Answer, name: string): Answer | undefined {
  if (typeof answer !== 'object' || answer === null || answer instanceof JsonNumber || isList(answer))
    throw answerUnusable(notThere(name))
  return Object.hasOwn(answer, name) ? answer[name] : undefined
}

function isList(answer: Answer): answer is readonly Answer[] {
  return Array.isArray(answer)
}

function notThere(path: string) {
  return { th: `ไม่มี “${path}” ในคำตอบ`, en: `“${path}” is not in the answer` }
}

function notSingle(path: string) {
  return { th: `“${path}” ไม่ใช่ค่าเดียว`, en: `“${path}” is not a single value` }
}
