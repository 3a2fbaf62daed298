import type { TaskNames } from '@sapan/casework'
import { accessPage, type PlainWords, questionKind, unusualKind } from '@sapan/identity'
import type { Language, Text } from '@sapan/kernel'
import { disputeKind, disputeTask } from '@sapan/services'
import type { Country } from '@sapan/thailand'
import { plainTime, summaryList } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { isRecord } from '../terminal/values.ts'

const words = {
  question: { th: 'คำถาม', en: 'Question' },
  at: { th: 'เข้าถึงเมื่อ', en: 'Accessed' },
  client: { th: 'ระบบที่ขอ', en: 'Who asked' },
  service: { th: 'บริการ', en: 'Service' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  law: { th: 'กฎหมาย', en: 'Law' },
  fields: { th: 'ข้อมูลที่เห็น', en: 'Fields seen' },
  exchange: { th: 'เลขการแลกเปลี่ยน', en: 'Exchange' },
} as const satisfies Record<string, Text>

/** What tasks, duties and agencies are called, and how their detail is shown. */
export function taskNames({ members, identity }: Country, plain: PlainWords): TaskNames {
  const agencies = new Map(members.map(({ id, name }) => [id, name]))
  return {
    kinds: {
      [disputeKind]: disputeTask((service) => plain.service(service)),
      [unusualKind]: {
        name: { th: 'การเข้าถึงที่ผิดปกติ', en: 'Unusual access' },
        page: accessPage,
      },
      [questionKind]: {
        name: { th: 'คำถามเรื่องการเข้าถึงข้อมูล', en: 'Question about an access' },
        detail: (detail, language) => questionDetail(detail, language, plain),
        asked: (detail, language) => questionDetail(detail, language, plain),
      },
    },
    duties: Object.fromEntries(identity.officers.duties.map(({ code, name }) => [code, name])),
    agency: (id) => agencies.get(id) ?? { th: id, en: id },
  }
}

/** What a person asks about, as an officer reads it: in words, with the codes that the evidence has. */
function questionDetail(detail: unknown, language: Language, plain: PlainWords) {
  const found: Record<string, unknown> = isRecord(detail) ? detail : {}
  const text = (name: string) => String(found[name] ?? '')
  const named = (known: Text | undefined, code: string) =>
    known === undefined ? code : [known[language], h('br', null), h('code', null, code)]
  const service = text('service')
  const fields = Array.isArray(found.fields) ? found.fields.map(String) : []
  const row = (name: keyof typeof words, value: ComponentChildren) => ({ key: words[name][language], value })
  return summaryList([
    row('question', h('span', { class: 'as-written', dir: 'auto' }, text('question'))),
    row('at', plainTime(Date.parse(text('at')), language)),
    row('client', named(plain.member(text('client')), text('client'))),
    row('service', named(plain.service(service), service)),
    row('purpose', named(plain.purpose(text('purpose'))?.name, text('purpose'))),
    row('law', text('law')),
    row('fields', fields.map((field) => plain.field(service, field)?.[language] ?? field).join(', ')),
    row('exchange', h('code', null, text('exchange'))),
  ])
}
