import type { CaseRuling } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import type { Language, Text } from '@sapan/kernel'
import type { FieldProblem, SiteRequest } from '@sapan/ui'
import type { FormPage } from '../../definition/form.ts'
import type { DecisionRule } from '../../definition/workflow.ts'
import { readPage } from '../../form/read-page.ts'
import { isObject } from '../../form/write-field.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase } from './case-page.ts'

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
export function readRuling(
  options: DeskCasesOptions,
  open: OpenCase,
  rule: DecisionRule,
  { form, language }: SiteRequest<Visitor>,
): RulingRead {
  const { favours, reasons } = rule
  const chosen = reasons.filter(({ id }) => form.getAll('reason').includes(id))
  const written = (form.get('words') ?? '').trim().slice(0, 10_000)
  const { inputs, problems } = readAsked(options, open, rule, form, language)
  const missing: FieldProblem[] = []
  if (!favours && reasons.length > 0 && chosen.length === 0)
    missing.push({ field: 'reason', text: errors.reason[language] })
  if (!favours && written === '') missing.push({ field: 'words', text: errors.words[language] })
  if (missing.length + problems.length > 0) return { kind: 'problems', problems: [...missing, ...problems] }
  return {
    kind: 'ruling',
    ruling: { outcome: rule.id, favours, reasons: reasonsOf(chosen, written), inputs },
  }
}

/** The officer's words stand with the first reason; without one, alone. */
function reasonsOf(chosen: readonly { readonly id: string }[], written: string): CaseRuling['reasons'] {
  if (chosen.length === 0) return written === '' ? [] : [{ id: 'words', words: written }]
  return chosen.map(({ id }, at) => ({ id, words: at === 0 ? written : '' }))
}

/** What the outcome asks is read as an entry of a page of the form, beside which nothing else of the form changes. */
function readAsked(
  { days, clock, places, countries = [] }: DeskCasesOptions,
  { definition, application }: OpenCase,
  { asks }: DecisionRule,
  form: URLSearchParams,
  language: Language,
) {
  if (asks.length === 0 || application === undefined) return { inputs: {}, problems: [] }
  const page: FormPage = {
    id: 'decision',
    section: '',
    title: definition.name,
    repeat: { min: 1, max: 1, one: definition.name, titleField: '' },
    fields: asks,
  }
  const context = { places, countries, language, today: days.dateOf(clock()) }
  const { content, errors: found } = readPage(definition, application, { page, item: 0, form }, context)
  const list = content.answers.decision
  const entry = Array.isArray(list) && isObject(list[0]) ? list[0] : {}
  return { inputs: entry, problems: found.map(({ input, text }) => ({ field: input, text: text[language] })) }
}
