import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Language } from '@sapan/kernel'
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  firstButton,
  form,
  type SitePage,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText, noAnswer } from '../../application/answer-text.ts'
import { entryHeading } from '../../application/entry-name.ts'
import type { Field, FormPage } from '../../definition/form.ts'
import { isFile } from '../../draft/files.ts'
import { isRequired } from '../../form/check-field.ts'
import { isoCountries } from '../../form/countries.ts'
import { isFixed, markKey } from '../../form/marks.ts'
import { holds } from '../../form/outcomes.ts'
import { standingOf } from '../../form/pages.ts'
import { type FieldError, readPage } from '../../form/read-page.ts'
import { writeField } from '../../form/write-field.ts'
import { type Entry, entriesOf, entryAt, seenDigest } from './entry.ts'
import { fieldView } from './field-view.ts'
import { type FormPagesOptions, type FormRequest, type OpenedDraft, readingContext } from './options.ts'
import { problemLine } from './problem-line.ts'
import { sourceNote } from './source-note.ts'
import { formWords as words } from './words.ts'

/** One page of a form, to be shown. */
export interface Question {
  readonly opened: OpenedDraft
  readonly page: FormPage
  /** Of a repeated page: the entry, from 0; as many as there are for a new one. */
  readonly item?: number
  /** What was typed; else what is known. */
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  /** Above the form: that it was changed elsewhere. */
  readonly notice?: ComponentChild
  readonly status?: number
}

/** A page with its questions. */
export function questionPage(options: FormPagesOptions, request: FormRequest, question: Question): SitePage {
  const { language } = request
  const { opened, page, errors = [], status } = question
  const { entry, fields, values } = asked(options, request, question)
  const title = titleOf(question, language)
  const label = new Map(page.fields.map((field) => [field.id, field.label[language]]))
  const isSingle = fields.length === 1
  const problems = errors.map(({ field, input, text }) => ({
    field: input,
    text: isSingle ? text[language] : problemLine(label.get(field), text[language]),
  }))
  const shown = question.typed ?? shownOf(page, entry, language)
  return {
    kind: 'page',
    title: problems.length > 0 ? `${words.errorWord[language]}: ${title}` : title,
    ...(status === undefined ? {} : { status }),
    scripts: fields.some(({ type }) => type === 'address') ? ['places.js'] : [],
    body: h(
      'div',
      { class: 'column' },
      backLink(backOf(question), language, page.repeat ? page.title[language] : words.tasks[language]),
      errorSummary(problems, language),
      question.notice ?? null,
      isSingle && page.about === undefined ? null : h('h1', null, title),
      page.about === undefined ? null : h('p', null, page.about[language]),
      form(
        {
          action: actionOf(question),
          formKey: request.formKey,
          files: fields.some(({ type }) => type === 'file'),
        },
        firstButton(words.next[language]),
        hidden('seen', seenOf(question, entry)),
        hidden('from', question.typed?.get('from') ?? request.query.get('from') ?? ''),
        fields.map((field) =>
          fieldPart(options, question, field, {
            language,
            shown,
            values,
            isHeading: isSingle && page.about === undefined,
          }),
        ),
        buttonGroup(
          button({ text: words.next[language] }),
          button({ text: words.saveLater[language], kind: 'secondary', name: 'after', value: 'later' }),
        ),
      ),
      opened.draft.isForParty ? h('p', { class: 'quiet' }, partyLine(opened, language)) : null,
    ),
  }
}

interface PartSetting {
  readonly language: Language
  readonly shown: URLSearchParams
  readonly values: Values
  readonly isHeading: boolean
}

function fieldPart(
  options: FormPagesOptions,
  question: Question,
  field: Field,
  part: PartSetting,
): ComponentChild {
  const { opened, page, item, errors = [] } = question
  const { language, values } = part
  const { draft, base } = opened
  const mark = draft.content.marks[markKey(page, field, item)]
  const answer = entryAt(draft.content, page, item)[field.id]
  const reader = { language, places: options.places }
  const note = sourceNote(options.ground, opened, field, mark, reader)
  if (isFixed(field, mark)) {
    const value = answerText(field, answer, reader) ?? noAnswer
    return summaryList([
      { key: field.label[language], value, ...(note === undefined ? {} : { source: note }) },
    ])
  }
  const view = fieldView(field, {
    ...part,
    error: errors.find((error) => error.field === field.id),
    isRequired: isRequired(field, values),
    places: options.places,
    countries: options.countries ?? isoCountries(),
    ...(isFile(answer) ? { file: { answer, href: `${base}/files/${answer.id}` } } : {}),
  })
  const lines = [placeLine(field, answer, reader), note].filter((line) => line !== undefined)
  return h(
    'div',
    null,
    view,
    lines.map((line) => h('p', { class: 'quiet' }, line)),
  )
}

/** What a code of the country's divisions stands for, which nobody reads from its digits. */
function placeLine(field: Field, answer: JsonValue | undefined, reader: AnswerReader): string | undefined {
  if (field.code !== 'subdistrict' || typeof answer !== 'string') return undefined
  const place = answerText(field, answer, reader)
  return place === answer ? undefined : place
}

/** The fields that are asked, as the page stands: with what was typed, since one may bring another. */
export function asked(
  options: FormPagesOptions,
  request: FormRequest,
  { opened, page, item, typed }: Question,
) {
  const { definition, today, draft } = opened
  const context = readingContext(options, request, today)
  const at = item === undefined ? {} : { item }
  const content =
    typed === undefined
      ? draft.content
      : readPage(definition, draft.content, { page, ...at, form: typed }, context).content
  const entry = entryAt(content, page, item)
  const standing = standingOf(definition, content, today)
  const values = { ...standing.valuesFor(page), ...(page.repeat ? { item: { ...entry } } : {}) }
  const fields = page.fields.filter(({ when }) => when === undefined || holds(when, values))
  return { entry: entryAt(draft.content, page, item), fields, values }
}

function shownOf(page: FormPage, entry: Entry, language: Language): URLSearchParams {
  const pairs = page.fields.flatMap((field) => writeField(field, entry[field.id], language))
  return new URLSearchParams(pairs.map(([name, value]) => [name, value]))
}

function hidden(name: string, value: string): ComponentChild {
  // Without it some browsers put back what stood there before a reload.
  return h('input', { type: 'hidden', name, value, autocomplete: 'off' })
}

function isNew({ opened, page, item }: Question): boolean {
  return page.repeat !== undefined && (item ?? 0) >= entriesOf(opened.draft.content, page).length
}

/** Of an entry that is new, what the list looked like: so that sending it twice adds it once. */
function seenOf(question: Question, entry: Entry): string {
  const { opened, page } = question
  return seenDigest(opened.draft.id, isNew(question) ? entriesOf(opened.draft.content, page) : entry)
}

function actionOf(question: Question): string {
  const { opened, page, item = 0 } = question
  const at = `${opened.base}/pages/${page.id}`
  if (page.repeat === undefined) return at
  return isNew(question) ? `${at}/new` : `${at}/${item + 1}`
}

function backOf({ opened, page }: Question): string {
  return page.repeat === undefined ? opened.base : `${opened.base}/pages/${page.id}`
}

function titleOf({ opened, page, item = 0 }: Question, language: Language): string {
  if (page.repeat === undefined) return page.title[language]
  const count = Math.max(entriesOf(opened.draft.content, page).length, item + 1)
  return entryHeading(page.repeat.one, { at: item, count }, language)
}

export function partyLine({ draft }: OpenedDraft, language: Language): string {
  return `${words.actingFor[language]} ${draft.content.applicant.name[language]}`
}
