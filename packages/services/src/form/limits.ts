import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import { counted, type Text } from '@sapan/kernel'
import { plainDay } from '@sapan/ui'
import type { Field } from '../definition/form.ts'
import { amountOf } from './amounts.ts'
import { settle } from './outcomes.ts'
import { lettersOf } from './written.ts'

interface Bounds {
  readonly min: JsonValue | undefined
  readonly max: JsonValue | undefined
}

/** What a value is beyond, by its field's limits; undefined where it is within them, or they are not known yet. Pure. */
export function beyondLimits(field: Field, value: JsonValue, values: Values): Text | undefined {
  const { type, limits } = field
  const bounds = { min: settle(limits.min, values), max: settle(limits.max, values) }
  switch (type) {
    case 'money':
      return numberBeyond(value, bounds, (satang) => [`${amountOf(satang)} บาท`, `${amountOf(satang)} baht`])
    case 'whole':
      return numberBeyond(value, bounds, (number) => [
        number.toLocaleString('en'),
        number.toLocaleString('en'),
      ])
    case 'date':
      return dayBeyond(value, bounds, (day) => day)
    case 'month':
      return dayBeyond(value, bounds, (month) => `${month.slice(0, 7)}-01`)
    case 'text':
    case 'longtext':
      return lengthBeyond(typeof value === 'string' ? lettersOf(value) : 0, bounds, letterTexts)
    case 'choices':
      return lengthBeyond(Array.isArray(value) ? value.length : 0, bounds, entryTexts)
    default:
      return undefined
  }
}

function numberBeyond(
  value: JsonValue,
  { min, max }: Bounds,
  show: (number: number) => readonly [th: string, en: string],
): Text | undefined {
  if (typeof value !== 'number') return undefined
  if (typeof min === 'number' && value < min) {
    const [th, en] = show(min)
    return { th: `ต้องไม่น้อยกว่า ${th}`, en: `It must be at least ${en}.` }
  }
  if (typeof max === 'number' && value > max) {
    const [th, en] = show(max)
    return { th: `ต้องไม่เกิน ${th}`, en: `It must be at most ${en}.` }
  }
  return undefined
}

/** Says how the day was understood, too: who mixed up the eras sees it there. */
function dayBeyond(
  value: JsonValue,
  { min, max }: Bounds,
  dayOf: (value: string) => string,
): Text | undefined {
  if (typeof value !== 'string') return undefined
  const day = dayOf(value)
  if (typeof min === 'string' && day < dayOf(min)) {
    const read = bothEras(day)
    return {
      th: `ต้องไม่ก่อนวันที่ ${plainDay(dayOf(min), 'th')} วันที่กรอกคือ ${read.th}`,
      en: `It must not be before ${plainDay(dayOf(min), 'en')}. What was entered is ${read.en}.`,
    }
  }
  if (typeof max === 'string' && day > dayOf(max)) {
    const read = bothEras(day)
    return {
      th: `ต้องไม่หลังวันที่ ${plainDay(dayOf(max), 'th')} วันที่กรอกคือ ${read.th}`,
      en: `It must not be after ${plainDay(dayOf(max), 'en')}. What was entered is ${read.en}.`,
    }
  }
  return undefined
}

function bothEras(day: string): Text {
  const year = Number(day.slice(0, 4))
  return {
    th: `${plainDay(day, 'th')} (ค.ศ. ${year})`,
    en: `${plainDay(day, 'en')} (B.E. ${year + 543})`,
  }
}

function lengthBeyond(
  length: number,
  { min, max }: Bounds,
  texts: { least: (n: number) => Text; most: (n: number) => Text },
): Text | undefined {
  if (typeof min === 'number' && length < min) return texts.least(min)
  return typeof max === 'number' && length > max ? texts.most(max) : undefined
}

const letterTexts = {
  least: (n: number): Text => ({
    th: `ต้องมีอย่างน้อย ${n} ตัวอักษร`,
    en: `It must have at least ${counted(n, 'letter')}.`,
  }),
  most: (n: number): Text => ({
    th: `ต้องไม่เกิน ${n} ตัวอักษร`,
    en: `It can have at most ${counted(n, 'letter')}.`,
  }),
}
const entryTexts = {
  least: (n: number): Text => ({ th: `เลือกอย่างน้อย ${n} รายการ`, en: `Choose at least ${n}.` }),
  most: (n: number): Text => ({ th: `เลือกได้ไม่เกิน ${n} รายการ`, en: `Choose at most ${n}.` }),
}
