import type { Text } from '@sapan/kernel'
import type { Finding } from '../finding.ts'
import type { FieldType } from '../form.ts'
import type { Source } from '../read/source.ts'
import type { FieldSource } from '../schema/field.ts'
import type { Rule } from './rule.ts'

const CHOICES: readonly FieldType[] = ['choice', 'choices']
const BOUNDED: readonly FieldType[] = [
  'text',
  'longtext',
  'money',
  'whole',
  'date',
  'month',
  'choices',
  'file',
]
/** By what an entry of a repeated page can be named. */
const NAMING: readonly FieldType[] = [
  'text',
  'choice',
  'person-name',
  'national-id',
  'whole',
  'date',
  'month',
  'juristic-id',
]

/** Each field has what its type needs, and nothing that means nothing for it. */
export const fieldsAreSound: Rule = ({ form, workflow }) => [
  ...form.file.pages.flatMap((page, index) => [
    ...page.fields.flatMap((field, at) => ofField(form.source, `/pages/${index}/fields/${at}`, field)),
    ...(page.repeat === undefined ? [] : ofRepeat(form.source, `/pages/${index}/repeat`, page)),
  ]),
  ...workflow.file.decisions.flatMap(({ asks }, index) =>
    (asks ?? []).flatMap((field, at) => ofField(workflow.source, `/decisions/${index}/asks/${at}`, field)),
  ),
]

function ofField(source: Source, at: string, field: FieldSource): readonly Finding[] {
  const { type, options, limits, from, changeable, asksAlthough, term } = field
  const note = (pointer: string, reason: Text): Finding => source.note(`${at}${pointer}`, 'field', reason)
  const wants = (isWrong: boolean, pointer: string, th: string, en: string) =>
    isWrong ? [note(pointer, { th, en })] : []
  const isChoice = CHOICES.includes(type)
  const values = (options ?? []).map(({ value }) => value)
  return [
    ...wants(isChoice && options === undefined, '', 'ต้องมี options ให้เลือก', 'A choice needs its options.'),
    ...wants(
      !isChoice && options !== undefined,
      '/options',
      'options ใช้กับ choice และ choices เท่านั้น',
      'Only choices have options.',
    ),
    ...wants(
      new Set(values).size < values.length,
      '/options',
      'มี value ซ้ำ',
      'An option’s value is there twice.',
    ),
    ...wants(
      type === 'file' && limits?.accepts === undefined,
      '',
      'ไฟล์ต้องบอกชนิดที่รับ (limits.accepts)',
      'A file says which types it takes (limits.accepts).',
    ),
    ...wants(
      type !== 'file' && limits?.accepts !== undefined,
      '/limits/accepts',
      'accepts ใช้กับไฟล์เท่านั้น',
      'Only files have accepts.',
    ),
    ...wants(
      limits !== undefined && !BOUNDED.includes(type),
      '/limits',
      `ชนิด ${type} ไม่มีขอบเขต`,
      `${type} has no limits.`,
    ),
    ...wants(isReversed(limits), '/limits', 'min มากกว่า max', 'min is above max.'),
    ...wants(
      changeable === false && from === undefined,
      '/changeable',
      'ไม่มี from จึงต้องกรอกได้',
      'Without from it must be filled in, and so be changeable.',
    ),
    ...wants(
      asksAlthough !== undefined && term === 'none',
      '/asksAlthough',
      'asksAlthough ใช้เมื่อมี term',
      'asksAlthough is for a field with a term.',
    ),
  ]
}

function isReversed(limits: FieldSource['limits']): boolean {
  const { min, max } = limits ?? {}
  if (typeof min === 'number' && typeof max === 'number') return min > max
  const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}/.test(value)
  return isDay(min) && isDay(max) && min > max
}

type Page = Parameters<Rule>[0]['form']['file']['pages'][number]

function ofRepeat(source: Source, at: string, { repeat, fields }: Page): readonly Finding[] {
  if (repeat === undefined) return []
  const naming = fields.find(({ id }) => id === repeat.titleField)
  return [
    ...(repeat.min > repeat.max
      ? [source.note(`${at}/min`, 'field', { th: 'min มากกว่า max', en: 'min is above max.' })]
      : []),
    ...(naming !== undefined && (!NAMING.includes(naming.type) || naming.isSensitive === true)
      ? [
          source.note(`${at}/titleField`, 'field', {
            th: 'ใช้ช่องนี้ตั้งชื่อรายการไม่ได้',
            en: 'This field cannot name the entries of a list.',
          }),
        ]
      : []),
  ]
}
