import type { Expression, Values } from '@sapan/cel'
import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { moneyText } from '../../application/answer-text.ts'
import type { DecisionRule } from '../../definition/workflow.ts'
import { holds } from '../../form/outcomes.ts'
import type { OpenCase } from './case-page.ts'
import { words } from './words.ts'

/** What follows from an outcome, as far as it is known before the officer has answered what it asks. */
export function consequences(
  { definition }: OpenCase,
  { effects, outputs, refund, payment }: DecisionRule,
  values: Values,
  language: Language,
): ComponentChild {
  const { workflow } = definition
  const told = workflow.effects.filter(
    ({ id, when }) => effects.includes(id) && (when === undefined || holds(when, values)),
  )
  const issued = definition.outputs.filter(({ id }) => outputs.includes(id))
  const money = (text: string, amount: Expression | undefined) => {
    const known = amount?.evaluate(values)
    const satang = known?.known && typeof known.value === 'number' ? known.value : 0
    return satang > 0 ? [text.replace('{amount}', moneyText(satang, language))] : []
  }
  const lines = [
    ...told.map(({ name }) => words.tells[language].replace('{name}', name[language])),
    ...issued.map(({ name }) => words.issues[language].replace('{name}', name[language])),
    ...money(words.refunds[language], refund),
    ...money(words.asksPayment[language], payment),
  ]
  if (lines.length === 0) return h('p', null, words.nothingFollows[language])
  return h('ul', null, ...lines.map((line) => h('li', null, line)))
}
