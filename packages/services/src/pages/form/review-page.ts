import type { Language } from '@sapan/kernel'
import {
  type AnswerRow,
  answerRows,
  backLink,
  button,
  buttonGroup,
  checkbox,
  details,
  errorSummary,
  type FieldProblem,
  form,
  notification,
  type SitePage,
  type SummaryRow,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { answerText, calculatedText, moneyText, noAnswer } from '../../application/answer-text.ts'
import type { Calculated, Field, FormPage } from '../../definition/form.ts'
import { isFile } from '../../draft/files.ts'
import { isFixed, markKey } from '../../form/marks.ts'
import { settle } from '../../form/outcomes.ts'
import { type Standing, standingOf, type VisiblePage } from '../../form/pages.ts'
import { type OpenProblem, openProblems } from '../../form/problems.ts'
import { isObject } from '../../form/write-field.ts'
import { copiedSection } from './copied-section.ts'
import { entryTitle } from './entries-page.ts'
import { type Entry, entryAt } from './entry.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'
import { problemLine } from './problem-line.ts'
import { partyLine } from './question-page.ts'
import { refusalNote } from './refusal-note.ts'
import { signingOf } from './signing-note.ts'
import { sourceNote } from './source-note.ts'
import { formWords as words } from './words.ts'

/** All answers with ways to change them, what is worked out of them, and the declaration with which they are handed in. */
export async function reviewPage(
  options: FormPagesOptions,
  request: FormRequest,
  opened: OpenedDraft,
): Promise<SitePage> {
  const { language } = request
  const { definition, draft, today, base } = opened
  const standing = standingOf(definition, draft.content, today)
  const problems = openProblems(definition, draft.content, today)
  const { sections } = definition.form
  const refusal =
    problems.length > 0 ? undefined : await refusalNote(options, opened, standing.values, language)
  const mayHandIn = problems.length === 0 && refusal === undefined
  const unticked = mayHandIn ? untickedOf(request) : undefined
  const title = words.reviewTitle[language]
  return {
    kind: 'page',
    title: unticked === undefined ? title : `${words.errorWord[language]}: ${title}`,
    body: h(
      'div',
      { class: 'column' },
      backLink(base, language, words.tasks[language]),
      unticked === undefined ? null : errorSummary([unticked], language),
      h('h1', null, title),
      draft.isForParty ? h('p', null, partyLine(opened, language)) : null,
      copiedSection(opened, { language, places: options.places }, { isOpen: true }),
      problems.length > 0 ? openNotice(opened, problems, language) : null,
      sections.map(({ id, title }) => {
        const pages = standing.pages.filter(({ page, fields }) => page.section === id && fields.length > 0)
        if (pages.length === 0) return null
        return [
          h('h2', null, title[language]),
          pages.map((page) => pageRows(options, opened, page, { problems, language })),
        ]
      }),
      calculatedRows(opened, standing, language),
      refusal,
      mayHandIn
        ? handIn(request, opened, { signing: await signingOf(options, opened, request, unticked), unticked })
        : null,
    ),
  }
}

/** What was not ticked when it was last sent, as `submit` says. */
function untickedOf({ query, language }: FormRequest): FieldProblem | undefined {
  const field = query.get('unticked')
  return field === 'declared' || field === 'seal'
    ? { field, text: words[field === 'seal' ? 'sealMissing' : 'declareMissing'][language] }
    : undefined
}

interface RowsSetting {
  readonly problems: readonly OpenProblem[]
  readonly language: Language
}

function pageRows(
  options: FormPagesOptions,
  opened: OpenedDraft,
  { page, fields, items }: VisiblePage,
  setting: RowsSetting,
): ComponentChild {
  const { language } = setting
  const { content } = opened.draft
  if (page.repeat === undefined)
    return answerRows(
      fields.map((field) => row(options, opened, { page, field, entry: entryAt(content, page) }, setting)),
      language,
    )
  const at = `${opened.base}/pages/${page.id}?from=review`
  if (items.length === 0)
    return answerRows(
      [{ question: page.title[language], answer: [words.noneGiven[language]], href: at }],
      language,
    )
  return items.map((one, item) => [
    h('h3', null, entryTitle(page, one.answers, { at: item, count: items.length }, language)),
    answerRows(
      one.fields.map((field) => row(options, opened, { page, field, entry: one.answers, item }, setting)),
      language,
    ),
  ])
}

interface Place {
  readonly page: FormPage
  readonly field: Field
  readonly entry: Entry
  readonly item?: number
}

function row(
  { ground, places }: FormPagesOptions,
  opened: OpenedDraft,
  { page, field, entry, item }: Place,
  { problems, language }: RowsSetting,
): AnswerRow {
  const { draft, base } = opened
  const mark = draft.content.marks[markKey(page, field, item)]
  const value = entry[field.id]
  const at = `${base}/pages/${page.id}${item === undefined ? '' : `/${item + 1}`}`
  const found = problems.find((one) => one.page === page.id && one.field === field.id && one.item === item)
  const source = sourceNote(ground, opened, field, mark, { language, places })
  const shown = isFile(value)
    ? h('a', { href: `${base}/files/${value.id}`, class: 'break' }, value.name)
    : (answerText(field, value, { language, places }) ?? noAnswer)
  return {
    question: field.label[language],
    answer: value === undefined ? [] : [shown],
    ...(source === undefined ? {} : { source }),
    href: isFixed(field, mark) ? undefined : `${at}?from=review#${field.id}`,
    problem: found?.text[language],
  }
}

function openNotice(
  { base, definition }: OpenedDraft,
  problems: readonly OpenProblem[],
  language: Language,
): ComponentChild {
  const pageOf = (id: string) => definition.form.pages.find((page) => page.id === id)
  const item = ({ page: id, field, item, text }: OpenProblem) => {
    const page = pageOf(id)
    const label = page?.fields.find((one) => one.id === field)?.label ?? page?.title
    const at = `${base}/pages/${id}${item === undefined ? '' : `/${item + 1}`}?from=review`
    return h('li', null, h('a', { href: at }, problemLine(label?.[language], text[language])))
  }
  return notification({
    kind: 'warning',
    title: words.notYet[language],
    body: h('div', null, h('p', null, words.notYetAbout[language]), h('ul', null, problems.map(item))),
  })
}

function calculatedRows(
  { definition }: OpenedDraft,
  { values }: Standing,
  language: Language,
): ComponentChild {
  const calc = isObject(values.calc) ? values.calc : {}
  const shown = definition.form.calculated.filter(({ id, isShown }) => isShown && calc[id] !== undefined)
  const fee = settle(definition.fee?.amount, values)
  const isOwed = typeof fee === 'number' && fee > 0
  const after = isOwed && definition.fee?.when === 'with-submission' ? ` (${words.payNow[language]})` : ''
  const feeShown = shown.find((one) => isFee(definition, one))
  const rows = shown.map(
    ({ id, label, type, about }): SummaryRow => ({
      key: label[language],
      value: [
        calculatedText(type, calc[id] ?? '', { language }),
        id === feeShown?.id ? after : '',
        about === undefined
          ? null
          : details({ summary: words.howCome[language] }, h('p', null, about[language])),
      ],
    }),
  )
  if (isOwed && feeShown === undefined)
    rows.push({ key: words.fee[language], value: `${moneyText(fee, language)}${after}` })
  return rows.length === 0 ? null : [h('h2', null, words.calculated[language]), summaryList(rows)]
}

/** Whether a calculated value is the fee itself, which is then not said a second time. */
function isFee({ fee }: OpenedDraft['definition'], { id, value }: Calculated): boolean {
  const source = fee?.amount.source
  return source === `calc.${id}` || source === value.source
}

/** The form is taken by the room of submission. */
function handIn(
  { language, formKey }: FormRequest,
  { definition, draft, base }: OpenedDraft,
  { signing, unticked }: { readonly signing: ComponentChild; readonly unticked: FieldProblem | undefined },
): ComponentChild {
  return form(
    { action: `${base}/submit`, formKey },
    h('h2', null, words.declaration[language]),
    h('p', null, definition.form.declaration[language]),
    h('input', { type: 'hidden', name: 'revision', value: String(draft.revision), autocomplete: 'off' }),
    signing,
    checkbox({
      name: 'declared',
      label: words.declare[language],
      error: unticked?.field === 'declared' ? unticked.text : undefined,
    }),
    buttonGroup(button({ text: words.handIn[language] })),
  )
}
