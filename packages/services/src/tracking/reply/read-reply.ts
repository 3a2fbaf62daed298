import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../../application/answers.ts'
import type { Supplement } from '../../application/supplement.ts'
import { isoCountries } from '../../form/countries.ts'
import type { FieldError } from '../../form/read-page.ts'
import { readSupplement, type SentSupplement, type SupplementRead } from '../../form/read-supplement.ts'
import type { ReadingContext } from '../../form/reading.ts'
import type { Written } from '../../form/written.ts'
import type { TrackingOptions } from '../options.ts'
import { readSaying } from '../say.ts'
import { askablePaths, extraFile, type OpenReply, wantedField } from './open-reply.ts'
import type { ReplyFiles } from './reply-files.ts'
import { replyWords as words } from './words.ts'

/** A reply as it was sent. */
export interface SentReply {
  /** Inputs by the paths of what was wanted, as the form's own pages have them. */
  readonly form: URLSearchParams
  readonly text: string
  readonly files: ReplyFiles
  /** Paths beyond those that were wanted, should answers bring them up. */
  readonly more: readonly string[]
  readonly language: ReadingContext['language']
}

export interface ReplyRead {
  /** What is wrong, or neither there nor explained. */
  readonly errors: readonly FieldError[]
  /** What was brought up by answers, and is answered. */
  readonly asked: readonly string[]
  /** What is brought up and was not. */
  readonly left: readonly string[]
  /** What is kept, if nothing is wrong and nothing left. */
  readonly supplement: Supplement
}

type Options = Pick<TrackingOptions, 'places' | 'countries'>

/** Reads a reply by the rules of the form's own pages, whichever door it came by. Pure. */
export function readReply(options: Options, open: OpenReply, sent: SentReply): ReplyRead {
  const { files } = sent
  const { read, asked, left } = readAll(options, open, sent)
  const said = readSaying(sent.text)
  const supplement = {
    ...(said.kind === 'text' ? { text: said.text } : {}),
    answers: read.answers,
    files: open.wanted.files.flatMap((label, at) => {
      const file = files.taken.get(extraFile(label, at).id)
      return file === undefined ? [] : [{ label, file }]
    }),
  }
  const errors = [...errorsOf(open, read, files), ...saidWrong(said), ...missing(open, files, said)]
  return { errors, asked, left, supplement }
}

interface AllRead extends Pick<ReplyRead, 'asked' | 'left'> {
  readonly read: SupplementRead
}

/** With what answers brought up before, as long as they still do. */
function readAll(
  { places, countries = isoCountries() }: Options,
  open: OpenReply,
  { form, files, more, language }: SentReply,
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
