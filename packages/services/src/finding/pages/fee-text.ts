import type { Language } from '@sapan/kernel'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { amountOf } from '../../form/amounts.ts'
import { words } from './words.ts'

/** What is to be paid, before anybody has filled in anything: an amount, where it is the same for all; else what it depends on. */
export function feeText({ fee, tables }: ServiceDefinition, language: Language): string {
  if (fee === undefined) return words.free[language]
  const amount = fee.amount.evaluate({ tables, answers: {}, facts: {}, calc: {} })
  if (!amount.known || typeof amount.value !== 'number') return fee.about[language]
  if (amount.value === 0) return words.free[language]
  return `${amountOf(amount.value)} ${words.baht[language]} · ${fee.about[language]}`
}
