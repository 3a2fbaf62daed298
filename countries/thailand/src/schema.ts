import { readFileSync } from 'node:fs'
import { Problem, type Text } from '@sapan/kernel'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { lineOf } from './line.ts'
import { thailandProblems } from './problems.ts'

/** Thai and English, neither empty. */
export const textSchema = Type.Object(
  { th: Type.String({ pattern: '[\u0E00-\u0E7F]' }), en: Type.String({ pattern: '[A-Za-z]' }) },
  { additionalProperties: false },
)

/** The problem of a file of the country pack: which file, which place, what is wrong; with its text, also which line. */
export function invalidData(file: string, place: string, why: string | Text, text?: string): Problem {
  const at = text === undefined ? file : `${file}:${lineOf(text, place)}`
  const { th, en } = typeof why === 'string' ? { th: 'ไม่ถูกต้อง', en: `${why}.` } : why
  return new Problem(thailandProblems['country-data-invalid'], {
    detail: { th: `${at} ตำแหน่ง ${place || '/'} ${th}`, en: `${at}, at ${place || '/'}: ${en}` },
  })
}

/** A YAML text as what its schema says. Throws `country-data-invalid` with the file, the line, the place and the rule. */
export function readYaml<S extends TSchema>(schema: S, file: string, text: string): Static<S> {
  const value = parsed(file, text)
  if (Value.Check(schema, value)) return value
  const [error] = Value.Errors(schema, value)
  throw invalidData(file, error?.instancePath ?? '', error?.message ?? 'is not as it must be', text)
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text, { merge: true })
  } catch (error) {
    throw invalidData(file, '', error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'is no YAML')
  }
}

const DATA = new URL('../data/', import.meta.url)

/** A folder under `data/`, with its slash at the end. */
export function dataFolder(name: string): URL {
  return new URL(name, DATA)
}

/** The text of a file under `data/`. */
export function dataFile(name: string): string {
  return readFileSync(new URL(name, DATA), 'utf8')
}
