import type { JsonValue, TaskKind } from '@sapan/casework'
import { formatNationalId, type Language, type Text } from '@sapan/kernel'
import { plainTime, summaryList } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { isObject } from '../../prefill/paths.ts'
import { valueText } from './fact-words.ts'

const words = {
  about: { th: 'ข้อมูลของ', en: 'Whose record' },
  register: { th: 'ทะเบียน', en: 'Register' },
  field: { th: 'รายการ', en: 'What' },
  says: { th: 'ทะเบียนบันทึกว่า', en: 'The register says' },
  own: { th: 'คุณแจ้งว่า', en: 'You told them' },
  words: { th: 'ผู้แจ้งบอกว่าที่ถูกต้องคือ', en: 'What is right, they say' },
  askedAt: { th: 'ทะเบียนตอบเมื่อ', en: 'The register said so' },
  exchange: { th: 'เลขการแลกเปลี่ยน', en: 'Exchange number' },
} as const satisfies Record<string, Text>

/** How officers see that somebody says a register is wrong: what it says, and what is right. */
export function disputeTask(serviceName: (service: string) => Text | undefined): TaskKind {
  return {
    name: { th: 'ข้อมูลในทะเบียนไม่ถูกต้อง', en: 'A register is said to be wrong' },
    detail: (detail, language) => (isObject(detail) ? rows(detail, language, serviceName) : null),
    asked: (detail, language) => (isObject(detail) ? toldRows(detail, language, serviceName) : null),
  }
}

function rows(
  detail: { readonly [key: string]: JsonValue },
  language: Language,
  serviceName: (service: string) => Text | undefined,
): ComponentChildren {
  const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '')
  const inLanguage = (value: JsonValue | undefined) => (isObject(value) ? text(value[language]) : '')
  const about = isObject(detail.about) ? detail.about : {}
  const service = text(detail.service)
  const number = text(about.id)
  const row = (name: keyof typeof words, value: ComponentChildren) => ({ key: words[name][language], value })
  return summaryList([
    row(
      'about',
      `${inLanguage(about.name)} · ${/^\d{13}$/.test(number) ? formatNationalId(number) : number}`,
    ),
    row('register', [serviceName(service)?.[language] ?? '', ' ', h('code', null, service)]),
    row('field', `${inLanguage(detail.label)} (${text(detail.field)})`),
    row('says', h('span', { class: 'as-written' }, saidText(detail.says, language))),
    row('words', h('span', { class: 'as-written', dir: 'auto' }, text(detail.words))),
    row('askedAt', typeof detail.askedAt === 'number' ? plainTime(detail.askedAt, language) : '–'),
    row('exchange', h('code', null, text(detail.exchange))),
  ])
}

/** The same as the person reads it who told it. */
function toldRows(
  detail: { readonly [key: string]: JsonValue },
  language: Language,
  serviceName: (service: string) => Text | undefined,
): ComponentChildren {
  const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '')
  const label = isObject(detail.label) ? text(detail.label[language]) : ''
  const service = text(detail.service)
  const row = (name: keyof typeof words, value: ComponentChildren) => ({ key: words[name][language], value })
  return summaryList([
    row('register', serviceName(service)?.[language] ?? h('code', null, service)),
    row('field', label),
    row('says', h('span', { class: 'as-written' }, saidText(detail.says, language))),
    row('own', h('span', { class: 'as-written', dir: 'auto' }, text(detail.words))),
  ])
}

function saidText(value: JsonValue | undefined, language: Language): string {
  if (isObject(value) && 'houseNumber' in value) return valueText('address', value, { language })
  if (isObject(value) && 'givenName' in value) return valueText('name', value, { language })
  return valueText('text', value, { language })
}
