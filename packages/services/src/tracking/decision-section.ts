import type { Case, CaseDecision } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { plainTime, type SummaryRow, summaryList, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../application/answer-text.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { DecisionRule } from '../definition/workflow.ts'
import type { ServicesGround } from '../ground.ts'
import { trackingWords as words } from './words.ts'

type Names = Pick<ServicesGround, 'lawName'>

/** The decision with its reasons and law, once it is carried out: until then it can still come back. */
export function decisionSection(
  ground: Names,
  { workflow }: ServiceDefinition,
  { decision, state }: Case,
  reader: AnswerReader,
): ComponentChild {
  if (decision === undefined || (state !== 'completed' && state !== 'appealed')) return null
  const { language } = reader
  const rule = workflow.decisions.find(({ id }) => id === decision.outcome)
  if (rule === undefined) return null
  const rows: SummaryRow[] = [
    {
      key: words.outcome[language],
      value: tag(rule.name[language], decision.favours ? 'success' : 'danger'),
    },
    {
      key: words.decidedOn[language],
      value: plainTime(decision.at, language),
      ...(decision.by === undefined ? { source: words.byRule[language] } : {}),
    },
    ...rule.asks.flatMap((field) => {
      const value = decision.inputs[field.id]
      const shown = answerText(field, value, reader) ?? noAnswer
      return value === undefined ? [] : [{ key: field.label[language], value: shown }]
    }),
  ]
  return h(
    'section',
    null,
    h('h2', null, words.decision[language]),
    summaryList(rows),
    decision.reasons.length === 0 ? null : h('h3', null, words.reasons[language]),
    decision.reasons.map((reason) => reasonText(ground, rule, reason, language)),
  )
}

function reasonText(
  { lawName }: Names,
  rule: DecisionRule,
  { id, words: written }: CaseDecision['reasons'][number],
  language: Language,
): ComponentChild {
  const known = rule.reasons.find((reason) => reason.id === id)
  const law = known && (lawName(known.law.law)?.[language] ?? known.law.law)
  return h(
    'div',
    null,
    known === undefined ? null : h('p', null, h('strong', null, known.text[language])),
    written === '' ? null : h('p', { class: 'as-written' }, written),
    known === undefined
      ? null
      : h('p', { class: 'quiet' }, `${law} ${words.section[language]} ${known.law.section}`),
  )
}
