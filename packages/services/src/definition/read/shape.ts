import type { Text } from '@sapan/kernel'
import type { Static, TSchema } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'
import { Value } from 'typebox/value'
import type { Finding } from '../finding.ts'
import { nearest } from './nearest.ts'
import { pathOf, type Source } from './source.ts'

/** A file's value as its schema says; undefined, with findings, where it is not so. */
export function readShape<S extends TSchema>(
  schema: S,
  source: Source,
): { readonly value?: Static<S>; readonly findings: readonly Finding[] } {
  if (source.value === undefined) return { findings: source.findings }
  const { value } = source
  if (Value.Check(schema, value)) return { value, findings: [] }
  const errors = Value.Errors(schema, value)
  const findings = errors.flatMap((error) => findingsOf(schema, source, error))
  // Only so many errors are told as the library counts (8): what is refused has a finding, whichever they are.
  if (findings.length > 0) return { findings }
  const [first] = errors
  const reason = { th: 'ไม่ตรงตามที่กำหนด', en: 'This is not as it must be.' }
  return { findings: [source.note(first?.instancePath ?? '', 'wrong-value', reason)] }
}

const UNKNOWN = '/additionalProperties'

function findingsOf(schema: TSchema, source: Source, error: TLocalizedValidationError): readonly Finding[] {
  const { instancePath: place, schemaPath } = error
  switch (error.keyword) {
    // One for each name that is not known, before the one that lists them all and may come too late to be told.
    case 'boolean': {
      if (!schemaPath.endsWith(UNKNOWN)) return []
      const name = pathOf(place).at(-1) ?? ''
      const known = namesAt(schema, schemaPath.slice(0, -UNKNOWN.length))
      return [source.noteKey(place, 'unknown-key', unknownKey(name, known))]
    }
    case 'additionalProperties':
      return []
    case 'required':
      return error.params.requiredProperties.map((name) => {
        const isText = name === 'th' || name === 'en'
        return source.note(
          place,
          isText ? 'missing-text' : 'missing-key',
          isText ? missingText(name) : missing(name),
        )
      })
    // What a name may be is said by `additionalProperties`.
    case 'propertyNames':
      return []
    default:
      return [source.note(place, 'wrong-value', wrong(error))]
  }
}

/** The names that a schema knows at the place of an error (`#/properties/laws/items`). */
function namesAt(schema: TSchema, schemaPath: string): readonly string[] {
  let at: unknown = schema
  for (const part of schemaPath.replace(/^#\/?/, '').split('/')) {
    if (part === '' || typeof at !== 'object' || at === null) continue
    at = Reflect.get(at, part.replaceAll('~1', '/').replaceAll('~0', '~'))
  }
  const properties = typeof at === 'object' && at !== null ? Reflect.get(at, 'properties') : undefined
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

function unknownKey(name: string, known: readonly string[]): Text {
  const meant = nearest(name, known)
  if (meant !== undefined)
    return {
      th: `ไม่รู้จัก “${name}” หมายถึง “${meant}” หรือไม่`,
      en: `There is no “${name}” here. Did you mean “${meant}”?`,
    }
  const all = known.join(', ')
  if (all === 'th, en')
    return {
      th: `ไม่รู้จัก “${name}” ที่นี่มีได้: th, en ข้อความที่มีจุลภาคใน { } ต้องอยู่ในเครื่องหมายคำพูด`,
      en: `There is no “${name}” here, only th and en. Inside { }, a text with a comma stands in quotes.`,
    }
  return { th: `ไม่รู้จัก “${name}” ที่นี่มีได้: ${all}`, en: `There is no “${name}” here. There may be: ${all}.` }
}

function missing(name: string): Text {
  return { th: `ยังไม่มี “${name}” ซึ่งต้องมี`, en: `“${name}” is missing.` }
}

function missingText(name: string): Text {
  return name === 'th'
    ? { th: 'ยังไม่มีข้อความภาษาไทย (th)', en: 'The Thai text (th) is missing.' }
    : { th: 'ยังไม่มีข้อความภาษาอังกฤษ (en)', en: 'The English text (en) is missing.' }
}

const kinds: Readonly<Record<string, Text>> = {
  string: { th: 'ข้อความ', en: 'a text' },
  integer: { th: 'จำนวนเต็ม', en: 'a whole number' },
  boolean: { th: 'true หรือ false', en: 'true or false' },
  array: { th: 'รายการ', en: 'a list' },
  object: { th: 'กลุ่มของชื่อกับค่า', en: 'names with values' },
}

function wrong(error: TLocalizedValidationError): Text {
  switch (error.keyword) {
    case 'type': {
      const wanted = [error.params.type].flat().map((one) => kinds[one] ?? { th: one, en: one })
      return {
        th: `ต้องเป็น${wanted.map(({ th }) => th).join(' หรือ ')}`,
        en: `This must be ${wanted.map(({ en }) => en).join(' or ')}.`,
      }
    }
    case 'enum': {
      const all = error.params.allowedValues.join(', ')
      return { th: `ต้องเป็นค่าหนึ่งใน: ${all}`, en: `This must be one of: ${all}.` }
    }
    case 'minLength':
    case 'minItems':
      return { th: 'ต้องไม่ว่าง', en: 'This must not be empty.' }
    case 'maxLength':
    case 'maxItems':
      return { th: `มีได้ไม่เกิน ${error.params.limit}`, en: `There may be ${error.params.limit} at most.` }
    case 'minimum':
      return { th: `ต้องไม่น้อยกว่า ${error.params.limit}`, en: `This must be ${error.params.limit} or more.` }
    case 'maximum':
      return { th: `ต้องไม่เกิน ${error.params.limit}`, en: `This must be ${error.params.limit} or less.` }
    case 'pattern':
      return {
        th: `ไม่ได้เขียนในรูปที่กำหนด: ${error.params.pattern}`,
        en: `This is not written as it must be: ${error.params.pattern}`,
      }
    default:
      return { th: 'ไม่ตรงตามที่กำหนด', en: `This is not as it must be: ${error.message}.` }
  }
}
