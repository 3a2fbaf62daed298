import type { Case, CaseDecision } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { plainTime, type SummaryRow, summaryList, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../application/answer-text.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { DecisionRule } from '../definition/workflow.ts'
import type { ServicesGround } from '../ground.ts'
import { toldDecision } from './told-decision.ts'
import { trackingWords as words } from './words.ts'

type Names = Pick<ServicesGround, 'lawName'>

/** The decision with its reasons and law, once it is told. */
export function decisionSection(
  ground: Names,
  { workflow }: ServiceDefinition,
  found: Case,
  reader: AnswerReader,
): ComponentChild {
  const told = toldDecision(workflow, found)
  if (told === undefined) return null
  const { language } = reader
  const { decision, rule, filledIn } = told
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
    ...filledIn.map(({ field, value }) => ({
      key: field.label[language],
      value: answerText(field, value, reader) ?? noAnswer,
    })),
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
