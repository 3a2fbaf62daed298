import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { placeText } from '../../application/address-text.ts'
import { type AnswerReader, answerText, isText, noAnswer } from '../../application/answer-text.ts'
import type { Fact } from '../../application/fact.ts'
import type { Evidence, FactKind, ServiceDefinition } from '../../definition/definition.ts'
import type { Field, FieldType } from '../../definition/form.ts'
import type { ServicesGround } from '../../ground.ts'
import { memberOf } from '../../prefill/asker.ts'
import { isObject } from '../../prefill/paths.ts'
import { factsWords } from './words.ts'

export type NameGround = Pick<ServicesGround, 'memberName' | 'lawName' | 'purposeName'>

const kinds: Readonly<Partial<Record<FactKind | FieldType, FieldType>>> = { name: 'person-name' }

/** A value as people read it. What has parts that nobody named is their values in a row. */
export function valueText(
  as: FactKind | FieldType,
  value: JsonValue | undefined,
  reader: AnswerReader,
  options: Field['options'] = [],
): string {
  const type = kinds[as] ?? (as as FieldType)
  if (isText(value)) return value[reader.language]
  if (isObject(value) && type !== 'address' && type !== 'person-name')
    return Object.values(value)
      .map((one) => valueText('text', one, reader))
      .join(' ')
  if (typeof value === 'string' && as === 'subdistrict') return placeText(value, reader)
  if (typeof value === 'string' && type === 'person-name') return value
  // A year or a number of a house, not an amount.
  if (typeof value === 'number' && type === 'text') return String(value)
  return answerText({ type, options }, value, reader) ?? noAnswer
}

/** `กรมการปกครอง` */
export function ownerName({ memberName }: NameGround, service: string, language: Language): string {
  const member = memberOf(service)
  return memberName(member)?.[language] ?? member
}

/** Under which law a register gives what it is asked for: `พระราชบัญญัติ… มาตรา 15`. */
export function lawText(
  { lawName }: NameGround,
  { laws }: Pick<ServiceDefinition, 'laws'>,
  { law }: Pick<Evidence, 'law'>,
  language: Language,
): string {
  const reference = law ?? laws[0]
  if (reference === undefined) return '–'
  const name = lawName(reference.law)?.[language] ?? reference.law
  return `${name} ${factsWords.section[language]} ${reference.section}`
}

/** Where a fact comes from, when, and under which number its evidence is found. */
export function sourceLine(
  ground: NameGround,
  { service }: Pick<Evidence, 'service'>,
  { askedAt, exchange }: Pick<Fact, 'askedAt' | 'exchange'>,
  language: Language,
): ComponentChild {
  const href = `/me/usage?agency=${encodeURIComponent(memberOf(service))}`
  return h(
    'p',
    { class: 'quiet' },
    `${ownerName(ground, service, language)} · ${factsWords.fetched[language]} ${plainTime(askedAt, language)}`,
    exchange === undefined
      ? null
      : [
          ` · ${factsWords.exchange[language]} `,
          h('code', null, exchange),
          ' ',
          h('a', { href }, factsWords.usage[language]),
        ],
  )
}
