import type { JsonValue } from '@sapan/casework'
import { canonicalJson, filled, type Text } from '@sapan/kernel'
import { notification, table } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { placeText } from '../../application/address-text.ts'
import { type AnswerReader, answerText, isText, moneyText } from '../../application/answer-text.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { type FieldType, fieldTypes } from '../../definition/form.ts'
import type { AskedAgain } from '../../prefill/again.ts'
import type { Difference } from '../../prefill/differences.ts'

const words = {
  title: { th: 'ทะเบียนกับคำขอไม่ตรงกัน', en: 'A register and the application differ' },
  same: { th: 'ทะเบียนตรงกับคำขอ', en: 'Registers agree with the application' },
  sameText: {
    th: 'ถามใหม่ {count} รายการ ไม่พบข้อมูลที่ต่าง',
    en: '{count|item was|items were} asked anew; nothing differs.',
  },
  silent: { th: 'ยังถามไม่ได้', en: 'Could not be asked' },
  fact: { th: 'ข้อมูล', en: 'Fact' },
  before: { th: 'ตอนยื่นคำขอ', en: 'When handed in' },
  now: { th: 'ทะเบียนขณะนี้', en: 'The register now' },
  nothing: { th: 'ไม่มี', en: 'Nothing' },
  typed: { th: 'ผู้ยื่นพิมพ์เอง', en: 'Typed by the applicant' },
} as const satisfies Record<string, Text>

/** What came of asking the registers anew. */
export function differencesSection(
  { differences, silent, asked }: AskedAgain,
  { evidence }: Pick<ServiceDefinition, 'evidence'>,
  reader: AnswerReader,
): ComponentChild {
  const { language } = reader
  const nameOf = (id: string) => evidence.find((one) => one.id === id)?.name[language] ?? id
  return [
    silent.length === 0
      ? null
      : notification({
          kind: 'warning',
          title: `${words.silent[language]}: ${silent.map(nameOf).join(', ')}`,
          isNew: true,
        }),
    differences.length > 0
      ? differenceTable(differences, nameOf, reader)
      : asked.length === 0
        ? null
        : notification({
            kind: 'success',
            title: words.same[language],
            body: h('p', null, filled(words.sameText[language], { count: asked.length })),
            isNew: true,
          }),
  ]
}

function differenceTable(
  differences: readonly Difference[],
  nameOf: (evidence: string) => string,
  reader: AnswerReader,
): ComponentChild {
  const { language } = reader
  return [
    notification({ kind: 'warning', title: words.title[language], isNew: true }),
    table({
      caption: words.title[language],
      isCaptionHidden: true,
      columns: [words.fact, words.before, words.now].map((title) => ({ title: title[language] })),
      rows: differences.map(({ evidence, label, before, now, of, ...kind }) => [
        [label[language], h('p', { class: 'quiet' }, nameOf(evidence))],
        [
          said(before, kind, reader),
          of === 'applicant' ? h('p', { class: 'quiet' }, words.typed[language]) : null,
        ],
        h('strong', null, said(now, kind, reader)),
      ]),
    }),
  ]
}

function said(
  value: JsonValue | undefined,
  { as, options = [] }: Pick<Difference, 'as' | 'options'>,
  reader: AnswerReader,
): string {
  const { language } = reader
  if (value === undefined || value === null) return words.nothing[language]
  if (as === 'money' && typeof value === 'number') return moneyText(value, language)
  if (as === 'subdistrict' && typeof value === 'string') return placeText(value, reader)
  if (isText(value)) return value[language]
  const type = as === 'name' ? 'person-name' : as
  const text = isFieldType(type) ? answerText({ type, options }, value, reader) : undefined
  return text ?? (typeof value === 'object' ? canonicalJson(value) : String(value))
}

function isFieldType(type: string | undefined): type is FieldType {
  return fieldTypes.some((one) => one === type)
}
