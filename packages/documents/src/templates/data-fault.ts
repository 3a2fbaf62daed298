import type { Text } from '@sapan/kernel'
import type { TLocalizedValidationError } from 'typebox/error'

/** Where data is not what a template takes, and how. */
export interface DataFault {
  /** JSON Pointer into the data; empty for the whole. */
  readonly place: string
  readonly message: Text
}

/** What a schema's check found, in words for whoever gave the data; what says the same again is left out. */
export function dataFaults(errors: readonly TLocalizedValidationError[]): DataFault[] {
  return errors
    .filter((error) => !isSaidAnyway(error, errors))
    .map((error) => ({ place: error.instancePath, message: messageOf(error) }))
}

/** An unknown name is told at the object that has it, and a form where nothing plainer is wrong. */
function isSaidAnyway(error: TLocalizedValidationError, all: readonly TLocalizedValidationError[]): boolean {
  if (error.keyword === 'boolean') return true
  if (error.keyword !== 'pattern') return false
  return all.some((other) => other.instancePath === error.instancePath && other.keyword !== 'pattern')
}

function messageOf(error: TLocalizedValidationError): Text {
  switch (error.keyword) {
    case 'required': {
      const names = error.params.requiredProperties.join(', ')
      return { th: `ยังไม่มี ${names} ซึ่งต้องมี`, en: `lacks ${names}` }
    }
    case 'additionalProperties': {
      const names = error.params.additionalProperties.join(', ')
      return { th: `มี ${names} ซึ่งแบบนี้ไม่รู้จัก`, en: `has ${names}, which this template does not know` }
    }
    case 'type':
      return typeMessage(error.params.type)
    case 'enum':
      return choiceMessage(error.params.allowedValues)
    case 'const':
      return choiceMessage([error.params.allowedValue])
    case 'minLength':
      return { th: 'ต้องไม่ว่าง', en: 'must not be empty' }
    case 'maxLength':
      return {
        th: `ยาวได้ไม่เกิน ${error.params.limit} อักขระ`,
        en: `must not have more characters than ${error.params.limit}`,
      }
    case 'minItems':
      return {
        th: `ต้องมีอย่างน้อย ${error.params.limit} รายการ`,
        en: `must not have fewer entries than ${error.params.limit}`,
      }
    case 'maxItems':
      return {
        th: `มีได้ไม่เกิน ${error.params.limit} รายการ`,
        en: `must not have more entries than ${error.params.limit}`,
      }
    case 'minimum':
      return { th: `ต้องไม่น้อยกว่า ${error.params.limit}`, en: `must be ${error.params.limit} or more` }
    case 'maximum':
      return { th: `ต้องไม่เกิน ${error.params.limit}`, en: `must be ${error.params.limit} or less` }
    case 'multipleOf':
      return {
        th: `ต้องเป็นพหุคูณของ ${error.params.multipleOf}`,
        en: `must be a multiple of ${error.params.multipleOf}`,
      }
    case 'format':
      return formatMessages[error.params.format] ?? form
    case 'pattern':
      return form
    default:
      return { th: 'ไม่ตรงกับที่แบบนี้รับ ดู schema ของแบบ', en: `is not what this template takes: ${error.message}` }
  }
}

/** Patterns are for programs: what they mean stands at the template's schema. */
const form: Text = {
  th: 'ไม่ได้เขียนในรูปที่กำหนด (ข้อความต้องอยู่ในบรรทัดเดียวและไม่ว่าง ค่าอื่นดูตัวอย่างของแบบ)',
  en: 'is not written as it must be (texts on one line and not empty; for other values see the template’s sample)',
}

const formatMessages: Readonly<Record<string, Text>> = {
  date: { th: 'ต้องเป็นวันที่ที่มีจริง เช่น 2026-11-22', en: 'must be a day that there is, such as 2026-11-22' },
  'date-time': {
    th: 'ต้องเป็นวันและเวลาพร้อมเขตเวลา เช่น 2026-11-22T09:30:00+07:00',
    en: 'must be a day and time with its offset, such as 2026-11-22T09:30:00+07:00',
  },
}

const types: Readonly<Record<string, Text>> = {
  string: { th: 'ข้อความ', en: 'a text' },
  number: { th: 'จำนวน', en: 'a number' },
  integer: { th: 'จำนวนเต็ม', en: 'a whole number' },
  boolean: { th: 'true หรือ false', en: 'true or false' },
  array: { th: 'รายการ [ ]', en: 'a list [ ]' },
  object: { th: 'กลุ่มข้อมูล { }', en: 'an object { }' },
  null: { th: 'null', en: 'null' },
}

function typeMessage(type: string | readonly string[]): Text {
  const wanted = [type].flat().map((one) => types[one] ?? { th: one, en: one })
  return {
    th: `ต้องเป็น${wanted.map(({ th }) => th).join(' หรือ ')}`,
    en: `must be ${wanted.map(({ en }) => en).join(' or ')}`,
  }
}

function choiceMessage(values: readonly unknown[]): Text {
  const known = values.map((value) => JSON.stringify(value)).join(', ')
  return { th: `ต้องเป็นค่าหนึ่งใน ${known}`, en: `must be one of ${known}` }
}
