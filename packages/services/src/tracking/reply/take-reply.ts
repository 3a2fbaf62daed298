import type { JsonValue } from '@sapan/casework'
import { inTransaction, type Text } from '@sapan/kernel'
import type { SiteAnswer } from '@sapan/ui'
import type { FileAnswer } from '../../application/answers.ts'
import type { Supplement } from '../../application/supplement.ts'
import type { Field } from '../../definition/form.ts'
import { isoCountries } from '../../form/countries.ts'
import type { FieldError } from '../../form/read-page.ts'
import { readSupplement, type SentSupplement, type SupplementRead } from '../../form/read-supplement.ts'
import type { Written } from '../../form/written.ts'
import { takeStep } from '../../pages/form/place-choice.ts'
import { toCase } from '../case-page.ts'
import type { TrackingOptions, TrackingRequest } from '../options.ts'
import { readSaying } from '../say.ts'
import {
  askablePaths,
  countedFiles,
  extraFile,
  type OpenReply,
  openReply,
  wantedField,
} from './open-reply.ts'
import { type ReplyFiles, takeReplyFiles } from './reply-files.ts'
import { replyPage } from './reply-page.ts'
import { replyWords as words } from './words.ts'

/**
 * Takes a reply: what was wanted is read as the form's own pages are. What is wrong, or is brought up by the answers, is
 * asked on the same page. Throws `case-changed`, `case-transition-not-allowed`, `draft-too-large`.
 */
export async function takeReply(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const open = await openReply(options, request)
  if (open === undefined) return toCase(request)
  const { form } = request
  const step = form.get('place')
  const more = form.getAll('more')
  const files = await takeReplyFiles(options, request, open, fileFields(open, more))
  const { read, asked, left } = readAll(options, request, open, { files, more })
  const unsent = { form, errors: [], files: files.taken, more: asked }
  if (step !== null) return replyPage(options, request, open, { ...unsent, form: takeStep(form, step) })
  if (form.has('remove-file')) return replyPage(options, request, open, unsent)
  const said = readSaying(form.get('text') ?? '')
  const errors = [...errorsOf(open, read, files), ...saidWrong(said), ...missing(open, files, said)]
  if (errors.length + left.length > 0)
    return replyPage(options, request, open, { ...unsent, errors, more: [...asked, ...left] })
  const { found, person, wanted } = open
  const supplement: Supplement = {
    ...(said.kind === 'text' ? { text: said.text } : {}),
    answers: read.answers,
    files: wanted.files.flatMap((label, at) => {
      const file = files.taken.get(extraFile(label, at).id)
      return file === undefined ? [] : [{ label, file }]
    }),
  }
  const seen = { case: found.id, version: Number(form.get('version') ?? found.caseVersion) }
  const data: JsonValue = JSON.parse(JSON.stringify(supplement))
  await inTransaction(options.ground.pool, async (client) => {
    await options.ground.cases.reply(client, person, seen, data)
    // What was replaced while they replied is nobody's.
    await options.drafts.clearFiles(client, { id: open.application.draft }, countedFiles(open, data))
  })
  return { kind: 'redirect', to: `/me/applications/${found.id}` }
}

function fileFields(open: OpenReply, more: readonly string[]): Field[] {
  const fields = [...open.wanted.fields, ...more].flatMap((path) => wantedField(open, path) ?? [])
  return [...fields.filter(({ type }) => type === 'file'), ...open.wanted.files.map(extraFile)]
}

interface AllRead {
  readonly read: SupplementRead
  /** What was brought up by answers, and was on the page. */
  readonly asked: readonly string[]
  /** What is brought up and was not. */
  readonly left: readonly string[]
}

/** With what answers brought up before, as long as they still do. */
function readAll(
  { places, countries = isoCountries() }: TrackingOptions,
  { form, language }: TrackingRequest,
  open: OpenReply,
  { files, more }: { readonly files: ReplyFiles; readonly more: readonly string[] },
): AllRead {
  const { definition, application, today, wanted } = open
  const sent: SentSupplement = {
    form,
    files: new Map<string, FileAnswer | Text>([...files.taken, ...files.refused]),
  }
  const context = { places, countries, language, today }
  const asked: string[] = []
  for (;;) {
    const read = readSupplement(definition, application, [...wanted.fields, ...asked], sent, context)
    const may = askablePaths(open, read.application)
    const up = read.broughtUp.filter((path) => may.has(path))
    const known = up.filter((path) => more.includes(path))
    if (known.length === 0) return { read, asked, left: up }
    asked.push(...known)
  }
}

/** What is wrong with what was sent; of files that did not come, `missing` speaks. */
function errorsOf(open: OpenReply, { errors }: SupplementRead, { refused }: ReplyFiles): FieldError[] {
  const extra = open.wanted.files.map((label, at) => extraFile(label, at).id)
  const refusals = extra.flatMap((id) => {
    const text = refused.get(id)
    return text === undefined ? [] : [{ field: id, input: id, text }]
  })
  const own = errors.filter(({ field }) => refused.has(field) || wantedField(open, field)?.type !== 'file')
  return [...own, ...refusals]
}

function saidWrong(said: Written): FieldError[] {
  return said.kind === 'wrong' ? [{ field: 'text', input: 'text', text: said.text }] : []
}

/** What is neither there nor explained: a document that somebody does not have needs words. */
function missing(
  { wanted, ...open }: OpenReply,
  { taken, refused }: ReplyFiles,
  said: Written,
): FieldError[] {
  if (said.kind !== 'empty') return []
  const isBare = wanted.fields.length + wanted.files.length === 0
  if (isBare) return [{ field: 'text', input: 'text', text: words.missing }]
  const files = [
    ...wanted.fields.filter((path) => wantedField({ wanted, ...open }, path)?.type === 'file'),
    ...wanted.files.map((label, at) => extraFile(label, at).id),
  ]
  return files
    .filter((id) => !taken.has(id) && !refused.has(id))
    .map((id) => ({ field: id, input: id, text: words.missingFile }))
}
