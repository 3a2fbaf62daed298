import { filled } from '@sapan/kernel'
import { plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../../application/answer-text.ts'
import type { FieldMark } from '../../application/fact.ts'
import type { Field } from '../../definition/form.ts'
import type { FormPagesOptions, OpenedDraft } from './options.ts'
import { formWords } from './words.ts'

type Names = Pick<FormPagesOptions['ground'], 'memberName'>

/** Where a value comes from, when it was fetched, and how to say that it is wrong; undefined where a person typed it. */
export function sourceNote(
  names: Names,
  { definition, draft, base }: OpenedDraft,
  field: Field,
  mark: FieldMark | undefined,
  reader: AnswerReader,
): ComponentChild | undefined {
  if (mark === undefined) return undefined
  const { language } = reader
  const evidence = definition.evidence.find(({ id }) => id === mark.evidence)
  const member = evidence?.service.split('/').slice(0, 3).join('/') ?? ''
  const who = names.memberName(member)?.[language] ?? evidence?.name[language] ?? member
  const fact = draft.content.facts[mark.evidence ?? '']
  if (mark.dispute !== undefined) return formWords.disputed[language]
  if (mark.origin === 'register') {
    const t = plainTime(fact?.askedAt ?? 0, language)
    const wrong = h('a', { href: `${base}/facts#${mark.evidence ?? ''}` }, formWords.isWrong[language])
    return [filled(formWords.from[language], { who, t }), ' · ', wrong]
  }
  if (mark.was !== undefined)
    return filled(formWords.changed[language], { who, was: answerText(field, mark.was, reader) ?? noAnswer })
  return mark.unverified ? formWords.unverified[language] : undefined
}
