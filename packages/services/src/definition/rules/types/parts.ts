import type { Text } from '@sapan/kernel'
import { isText, nameOf, type ValueType } from './type.ts'

/**
 * Why something that is put together of parts does not make the answer to a field: an address, a name. Undefined where it
 * does, or where its parts are not known. A whole number becomes a text when it is filled in. Pure.
 */
export function partsMisfit(is: ValueType, given: ValueType): Text | undefined {
  if (is.kind !== 'object' || given.kind !== 'object') return undefined
  const { parts: known } = is
  const { parts } = given
  if (known === undefined || parts === undefined) return undefined
  const stranger = Object.keys(parts).find((name) => !Object.hasOwn(known, name))
  if (stranger !== undefined) return noSuchPart(stranger, Object.keys(known))
  const ill = Object.entries(parts).find(([, type]) => !becomesText(type))
  return ill && noText(ill[0], nameOf(ill[1]))
}

function becomesText(type: ValueType): boolean {
  return isText(type) || type.kind === 'whole' || type.kind === 'null'
}

function noSuchPart(name: string, known: readonly string[]): Text {
  const all = known.join(', ')
  return { th: `ไม่มีส่วนชื่อ ${name} ส่วนที่มีคือ ${all}`, en: `There is no part ${name}. Its parts are ${all}.` }
}

function noText(name: string, is: Text): Text {
  return {
    th: `ส่วน ${name} ต้องเป็นข้อความ แต่นี่เป็น${is.th}`,
    en: `Its part ${name} must be text; this is ${is.en}.`,
  }
}
