import type { Text } from '@sapan/kernel'
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  firstButton,
  form,
  inset,
  notification,
  plainTime,
  type SitePage,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { answerText, noAnswer } from '../../application/answer-text.ts'
import type { FileAnswer } from '../../application/answers.ts'
import { answerAt, placeOf } from '../../application/supplement.ts'
import type { Field } from '../../definition/form.ts'
import { isFile } from '../../draft/files.ts'
import { isRequired } from '../../form/check-field.ts'
import { isoCountries } from '../../form/countries.ts'
import type { FieldError } from '../../form/read-page.ts'
import { valuesOf } from '../../form/values.ts'
import { writeField } from '../../form/write-field.ts'
import { fieldView } from '../../pages/form/field-view.ts'
import { problemLine } from '../../pages/form/problem-line.ts'
import type { TrackingOptions, TrackingRequest } from '../options.ts'
import { longestSaying } from '../say.ts'
import { trackingWords } from '../words.ts'
import { extraFile, type OpenReply, wantedField } from './open-reply.ts'
import { replyWords as words } from './words.ts'

/** What was sent and could not be taken yet. */
export interface UnsentReply {
  readonly form: URLSearchParams
  readonly errors: readonly FieldError[]
  /** Files that came already, by their inputs. */
  readonly files: ReadonlyMap<string, FileAnswer>
  /** Paths that the answers brought up. */
  readonly more: readonly string[]
}

/** What an officer wants, to be answered. */
export function replyPage(
  options: TrackingOptions,
  request: TrackingRequest,
  open: OpenReply,
  unsent?: UnsentReply,
): SitePage {
  const { language } = request
  const { found, asked, wanted } = open
  const title = trackingWords.reply[language]
  const errors = unsent?.errors ?? []
  const paths = [...wanted.fields, ...(unsent?.more ?? [])]
  const fields = paths.flatMap((path) => wantedField(open, path) ?? [])
  const isMore = (unsent?.more ?? []).length > 0 && errors.length === 0
  return {
    kind: 'page',
    title,
    ...(errors.length === 0 ? {} : { status: 422 }),
    scripts: fields.some(({ type }) => type === 'address') ? ['places.js'] : [],
    body: h(
      'div',
      { class: 'column' },
      backLink(`/me/applications/${found.id}`, language, trackingWords.back[language]),
      errorSummary(summaryOf(open, errors, language), language),
      isMore ? notification({ kind: 'info', title: words.askedNow[language], isNew: true }) : null,
      h('h1', null, title),
      asked === undefined ? null : inset(h('p', { class: 'as-written', dir: 'auto' }, asked)),
      h('p', null, words.about[language]),
      found.lapseAt === undefined
        ? null
        : h('p', null, `${trackingWords.lapses[language]} ${plainTime(found.lapseAt, language)}`),
      replyForm(options, request, open, { fields, unsent }),
    ),
  }
}

function summaryOf(open: OpenReply, errors: readonly FieldError[], language: 'th' | 'en') {
  return errors.map(({ field, input, text }) => {
    const label = wantedField(open, field)?.label[language] ?? open.wanted.files[extraOf(field)]
    return { field: input, text: problemLine(label, text[language]) }
  })
}

function extraOf(name: string): number {
  return Number(/^extra-(\d+)$/.exec(name)?.[1] ?? -1)
}

interface Parts {
  readonly fields: readonly Field[]
  readonly unsent: UnsentReply | undefined
}

function replyForm(
  options: TrackingOptions,
  request: TrackingRequest,
  open: OpenReply,
  { fields, unsent }: Parts,
): ComponentChild {
  const { language, formKey } = request
  const { found, wanted } = open
  const extra = wanted.files.map(extraFile)
  const isBare = fields.length + extra.length === 0
  const hasFiles = extra.length > 0 || fields.some(({ type }) => type === 'file')
  const view = (field: Field) => fieldPart(options, request, open, field, unsent)
  const text = unsent?.errors.find(({ field }) => field === 'text')?.text
  return form(
    { action: `/me/applications/${found.id}/reply`, formKey, files: hasFiles },
    firstButton(words.send[language]),
    h('input', { type: 'hidden', name: 'version', value: String(found.caseVersion) }),
    (unsent?.more ?? []).map((path) => h('input', { type: 'hidden', name: 'more', value: path })),
    heading(fields, words.fields, language),
    fields.length === 0 ? null : h('p', null, words.fieldsAbout[language]),
    fields.map(view),
    heading(extra, words.files, language),
    extra.map(view),
    textArea({
      name: 'text',
      label: `${(isBare ? words.text : words.textMore)[language]}${isBare ? '' : ` ${optional[language]}`}`,
      ...(hasFiles ? { hint: words.textHint[language] } : {}),
      longest: longestSaying,
      value: unsent?.form.get('text') ?? undefined,
      ...(text === undefined ? {} : { error: text[language] }),
    }),
    buttonGroup(button({ text: words.send[language] })),
  )
}

const optional: Text = { th: '(ไม่บังคับ)', en: '(optional)' }

function heading(fields: readonly Field[], title: Text, language: 'th' | 'en'): ComponentChild {
  return fields.length === 0 ? null : h('h2', null, title[language])
}

/** A field with what was handed in before beside it. */
function fieldPart(
  { places, countries = isoCountries() }: TrackingOptions,
  { language }: TrackingRequest,
  open: OpenReply,
  field: Field,
  unsent: UnsentReply | undefined,
): ComponentChild {
  const { definition, application, today, found } = open
  const place = placeOf(definition, field.id)
  const before = place && answerAt(application, place)
  const list = place?.item === undefined ? undefined : application.answers[place.page.id]
  const item = Array.isArray(list) ? list[place?.item ?? 0] : undefined
  const values = { ...valuesOf(definition, application, today), ...(item === undefined ? {} : { item }) }
  const pairs = writeField(field, before, language)
  const view = fieldView(field, {
    ...{ language, places, countries, values },
    shown: unsent?.form ?? new URLSearchParams(pairs.map(([name, value]) => [name, value])),
    error: unsent?.errors.find((error) => error.field === field.id),
    // A document that somebody does not have, they explain.
    isRequired: field.type === 'file' || isRequired(field, values),
    isHeading: false,
  })
  const text = answerText(field, before, { language, places }) ?? noAnswer
  const said = isFile(before)
    ? h('a', { href: `/me/applications/${found.id}/files/${before.id}`, class: 'break' }, before.name)
    : text
  return h(
    'div',
    null,
    view,
    keptFile(field, unsent?.files.get(field.id), language),
    before === undefined
      ? null
      : h('p', { class: 'quiet' }, `${words.before[language]}: `, h('bdi', null, said)),
  )
}

/** A file that came when something else was wrong. */
function keptFile({ id }: Field, file: FileAnswer | undefined, language: 'th' | 'en'): ComponentChild {
  if (file === undefined) return null
  return h(
    'p',
    { class: 'kept-file' },
    `${words.attached[language]}: `,
    h('bdi', { class: 'break' }, file.name),
    h('input', { type: 'hidden', name: `${id}-kept`, value: file.id }),
    h('input', { type: 'hidden', name: `${id}-kept-name`, value: file.name }),
  )
}
