import type { CaseDecision } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { plainTime, summaryList, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText } from '../../application/answer-text.ts'
import { lawText } from '../../application/law-text.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { settledIn } from '../../effects/settled.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase } from './case-page.ts'
import { effectName, settledWords } from './told-section.ts'
import { words } from './words.ts'

/** The decision that stands, with its reasons and the law. */
export function decisionSection(
  { case: found, definition }: OpenCase,
  { lawName, places }: Pick<DeskCasesOptions, 'lawName' | 'places'>,
  language: Language,
): ComponentChild {
  const { decision, state } = found
  if (decision === undefined) return null
  const title = state === 'appealed' ? words.first : words.decision
  return [
    h('h2', null, title[language]),
    summaryList(rowsOf(decision, definition, lawName, { language, places })),
  ]
}

function rowsOf(
  { outcome, favours, reasons, inputs, at }: CaseDecision,
  definition: ServiceDefinition,
  lawName: DeskCasesOptions['lawName'],
  reader: AnswerReader,
) {
  const { language } = reader
  const rule = definition.workflow.decisions.find(({ id }) => id === outcome)
  const known = new Map(rule?.reasons.map((reason) => [reason.id, reason]))
  return [
    {
      key: words.outcome[language],
      value: [
        tag(rule?.name[language] ?? outcome, favours ? 'success' : 'danger'),
        h('p', { class: 'quiet' }, plainTime(at, language)),
      ],
    },
    ...(rule?.asks ?? []).flatMap((field) => {
      const text = answerText(field, inputs[field.id], reader)
      return text === undefined ? [] : [{ key: field.label[language], value: text }]
    }),
    ...settledIn(inputs).map((effect) => ({
      key: settledWords[language],
      value: effectName({ definition }, effect)[language],
    })),
    ...reasons.map(({ id, words: written }) => {
      const reason = known.get(id)
      return {
        key: words.why[language],
        value: [
          reason === undefined ? null : h('p', null, reason.text[language]),
          written === '' ? null : h('p', { class: 'as-written', dir: 'auto' }, written),
        ],
        source: reason === undefined ? null : lawText(reason.law, lawName, language),
      }
    }),
  ]
}
