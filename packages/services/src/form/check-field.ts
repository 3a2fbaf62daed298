import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { Field } from '../definition/form.ts'
import { beyondLimits } from './limits.ts'
import { fails, holds } from './outcomes.ts'

/** What stands against an answer: its limits, then the definition's own checks. `values` have the answer in them. Pure. */
export function checkAnswer(field: Field, value: JsonValue, values: Values): Text | undefined {
  const beyond = beyondLimits(field, value, values)
  if (beyond !== undefined) return beyond
  return field.checks.find(({ rule }) => fails(rule, values))?.text
}

/** Whether a field must be filled in, as things stand. Pure. */
export function isRequired({ required }: Field, values: Values): boolean {
  return typeof required === 'boolean' ? required : holds(required, values)
}

/** What is said where a field that must be filled in is not. */
export function missingText({ type }: Pick<Field, 'type'>): Text {
  if (type === 'choice' || type === 'yes-no' || type === 'country')
    return { th: 'เลือกหนึ่งข้อ', en: 'Choose one.' }
  if (type === 'choices') return { th: 'เลือกอย่างน้อยหนึ่งข้อ', en: 'Choose at least one.' }
  if (type === 'file') return { th: 'เลือกไฟล์ที่จะแนบ', en: 'Choose the file to attach.' }
  if (type === 'date') return { th: 'กรอกวัน เดือน ปี', en: 'Enter the day, month and year.' }
  if (type === 'month') return { th: 'กรอกเดือนและปี', en: 'Enter the month and year.' }
  return { th: 'ยังไม่ได้กรอกช่องนี้', en: 'This is missing.' }
}
