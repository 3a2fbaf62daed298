import type { CaseRuling } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import type { FieldProblem, SiteRequest } from '@sapan/ui'
import type { DecisionRule } from '../../definition/workflow.ts'
import { settledInput } from '../../effects/settled.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase } from './case-page.ts'
import { readAsked, valuesBefore } from './read-asked.ts'
import { readSettled } from './told-section.ts'

const errors = {
  reason: { th: 'เลือกเหตุผลอย่างน้อยหนึ่งข้อ', en: 'Choose at least one reason' },
  words: { th: 'เขียนข้อเท็จจริงและข้อพิจารณา', en: 'Write the facts, and what was considered' },
} as const satisfies Record<string, Text>

export type RulingRead =
  | { readonly kind: 'ruling'; readonly ruling: CaseRuling }
  | { readonly kind: 'problems'; readonly problems: readonly FieldProblem[] }

/**
 * Reads a decision: its reasons, the officer's words and answers. What does not favour the applicant needs facts, law and
 * considerations (Administrative Procedure Act B.E. 2539, s.37).
 */
export async function readRuling(
  options: DeskCasesOptions,
  open: OpenCase,
  rule: DecisionRule,
  { form, language }: SiteRequest<Visitor>,
): Promise<RulingRead> {
  const { favours, reasons } = rule
  const chosen = reasons.filter(({ id }) => form.getAll('reason').includes(id))
  const written = (form.get('words') ?? '').trim().slice(0, 10_000)
  const values = await valuesBefore(options, open)
  const { inputs, problems } = readAsked(options, open, { rule, values, form, language })
  const missing: FieldProblem[] = []
  if (!favours && reasons.length > 0 && chosen.length === 0)
    missing.push({ field: 'reason', text: errors.reason[language] })
  if (!favours && written === '') missing.push({ field: 'words', text: errors.words[language] })
  if (missing.length + problems.length > 0) return { kind: 'problems', problems: [...missing, ...problems] }
  const settled = readSettled(open, rule, form)
  const kept = settled.length === 0 ? inputs : { ...inputs, [settledInput]: settled }
  return {
    kind: 'ruling',
    ruling: { outcome: rule.id, favours, reasons: reasonsOf(chosen, written), inputs: kept },
  }
}

/** The officer's words stand with the first reason; without one, alone. */
function reasonsOf(chosen: readonly { readonly id: string }[], written: string): CaseRuling['reasons'] {
  if (chosen.length === 0) return written === '' ? [] : [{ id: 'words', words: written }]
  return chosen.map(({ id }, at) => ({ id, words: at === 0 ? written : '' }))
}
