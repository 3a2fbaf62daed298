import type { Values } from '@sapan/cel'
import type { Visitor } from '@sapan/identity'
import { filled, type Language, Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  checkboxes,
  errorSummary,
  form,
  inset,
  type SitePage,
  type SiteRequest,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { lawText } from '../../application/law-text.ts'
import type { DecisionRule } from '../../definition/workflow.ts'
import { isRequired } from '../../form/check-field.ts'
import { holds } from '../../form/outcomes.ts'
import { fieldView } from '../../pages/form/field-view.ts'
import type { DeskCasesOptions } from '../options.ts'
import { deskCaseProblems } from '../problems.ts'
import { noticeOf, type OpenCase, openCase, type Unsent } from './case-page.ts'
import { consequences } from './consequences.ts'
import { readAsked, valuesBefore } from './read-asked.ts'
import { settledField, toldSection } from './told-section.ts'
import { words } from './words.ts'

/** The rule of the outcome that the address names. Throws `case-outcome-unknown`. */
export function ruleOf({ definition }: OpenCase, { parameters }: SiteRequest<Visitor>): DecisionRule {
  const rule = definition.workflow.decisions.find(({ id }) => id === parameters.outcome)
  if (rule === undefined) throw new Problem(deskCaseProblems['case-outcome-unknown'])
  return rule
}

/** `/desk/cases/:case/decide/:outcome`: reasons with their law, what the service asks with it, and what follows. */
export async function decidePage(
  options: DeskCasesOptions,
  request: SiteRequest<Visitor>,
  unsent?: Unsent,
): Promise<SitePage> {
  const open = await openCase(options, request)
  const rule = ruleOf(open, request)
  const { language, formKey } = request
  const { id, caseVersion, number } = open.case
  const title = words.decideAs[language].replace('{outcome}', rule.name[language])
  const values = await valuesBefore(options, open)
  const sent = unsent?.form ?? new URLSearchParams()
  const asked = readAsked(options, open, { rule, values, form: sent, language })
  const errorOf = (field: string) => unsent?.problems.find((problem) => problem.field === field)?.text
  return {
    kind: 'page',
    title,
    ...(unsent === undefined ? {} : { status: unsent.status }),
    body: h(
      'div',
      { class: 'column' },
      backLink(`/desk/cases/${id}`, language, number),
      errorSummary(labelled(unsent?.problems ?? [], rule, language), language),
      noticeOf(unsent),
      h('h1', null, title),
      toldSection(open, language),
      h('h2', null, words.consequences[language]),
      consequences(open, rule, values, language),
      form(
        { action: `/desk/cases/${id}/decide/${rule.id}`, formKey },
        h('input', { type: 'hidden', name: 'version', value: caseVersion }),
        reasonsField(rule, options, { language, errorOf, form: unsent?.form }),
        textArea({
          name: 'words',
          label: words.wordsLabel[language],
          hint: words.wordsHint[language],
          value: unsent?.form.get('words') ?? '',
          longest: 10_000,
          error: errorOf('words'),
        }),
        settledField(open, rule, { language, form: unsent?.form }),
        ...askedFields(rule, options, { values: asked.values, language, unsent }),
        button({ text: words.confirmDecision[language] }),
      ),
      appealRight(open, rule, language),
    ),
  }
}

/** An error of what the service asks is named by its field; "not filled in" alone says nothing at the top of a page. */
function labelled(problems: Unsent['problems'], { asks }: DecisionRule, language: Language) {
  return problems.map((problem) => {
    const asked = asks.find(({ id }) => id === problem.field)
    return asked === undefined ? problem : { ...problem, text: `${asked.label[language]}: ${problem.text}` }
  })
}

function reasonsField(
  { reasons }: DecisionRule,
  { lawName }: DeskCasesOptions,
  {
    language,
    errorOf,
    form: sent,
  }: {
    readonly language: Language
    readonly errorOf: (field: string) => string | undefined
    readonly form: URLSearchParams | undefined
  },
): ComponentChild {
  if (reasons.length === 0) return null
  return checkboxes({
    name: 'reason',
    label: words.why[language],
    hint: words.whyHint[language],
    values: sent?.getAll('reason') ?? [],
    error: errorOf('reason'),
    choices: reasons.map(({ id, text, law }) => ({
      value: id,
      text: text[language],
      hint: lawText(law, lawName, language),
    })),
  })
}

/** What the service asks with this outcome: fields as in forms. */
function askedFields(
  { asks }: DecisionRule,
  { places, countries = [] }: DeskCasesOptions,
  {
    values,
    language,
    unsent,
  }: { readonly values: Values; readonly language: Language; readonly unsent: Unsent | undefined },
): ComponentChild[] {
  const shown = unsent?.form ?? new URLSearchParams()
  return asks
    .filter(({ when }) => when === undefined || holds(when, values))
    .flatMap((field) => {
      const problem = unsent?.problems.find((one) => one.field === field.id)
      const text = problem && { th: problem.text, en: problem.text }
      const view = fieldView(field, {
        language,
        shown,
        error: text && { field: field.id, input: field.id, text },
        isRequired: isRequired(field, values),
        isHeading: false,
        places,
        countries,
        values,
      })
      // Boxes of which none is ticked send nothing: that the question was there is sent with it.
      return field.when === undefined
        ? [view]
        : [h('input', { type: 'hidden', name: 'asked', value: field.id }), view]
    })
}

function appealRight(
  { definition }: OpenCase,
  { favours }: DecisionRule,
  language: Language,
): ComponentChild {
  const { appeal } = definition.workflow
  if (favours || appeal === undefined) return null
  return inset(filled(words.appealRight[language], { days: appeal.days }))
}
