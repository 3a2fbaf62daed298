import type { JsonValue } from '@sapan/casework'
import type { Answers, FileAnswer } from '../application/answers.ts'
import { isObject } from '../form/write-field.ts'

/** The files that answers name, with their bytes. Pure. */
export function namedFiles(answers: Answers): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  collect(answers, found)
  return found
}

/** The answer of the file with this id; undefined where none names it. Pure. */
export function fileAnswer(answers: Answers, id: string): FileAnswer | undefined {
  const entries = Object.values(answers).flatMap((value): JsonValue[] =>
    Array.isArray(value) ? value.flatMap((entry) => (isObject(entry) ? Object.values(entry) : [])) : [value],
  )
  const found = entries.find((value) => isFile(value) && value.id === id)
  return found === undefined || !isFile(found) ? undefined : found
}

export function isFile(
  value: JsonValue | undefined,
): value is { readonly [key: string]: JsonValue } & FileAnswer {
  return isObject(value) && typeof value.sha256 === 'string' && typeof value.id === 'string'
}

function collect(value: JsonValue, found: Map<string, number>): void {
  if (isFile(value)) found.set(value.id, value.bytes)
  else if (Array.isArray(value)) for (const one of value) collect(one, found)
  else if (isObject(value)) for (const one of Object.values(value)) collect(one, found)
}
