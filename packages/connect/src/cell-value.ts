import type { Text } from '@sapan/kernel'
import type { MappedField } from './mapping/mapping.ts'

const forms = { integer: /^(0|-?[1-9][0-9]{0,14})$/, number: /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/ }

/** What a cell's text is as a value of its field; undefined where it is not of the field's type. An empty one is empty. */
export function cellValue({ type = 'text' }: MappedField, text: string): string | number | undefined {
  if (type === 'text' || text === '') return text
  return forms[type].test(text) ? Number(text) : undefined
}

/** That a cell is not of its field's type. */
export function wrongType({ column, type }: MappedField): Text {
  return {
    th: `คอลัมน์ “${column}” ไม่ใช่${type === 'integer' ? 'จำนวนเต็ม' : 'ตัวเลข'}`,
    en: `column “${column}” is not ${type === 'integer' ? 'a whole number' : 'a number'}`,
  }
}
