import type { JsonValue } from '@sapan/casework'
import { Problem, type Text } from '@sapan/kernel'
import { answerAt, placeOf } from '../application/supplement.ts'
import type { FieldError } from '../form/read-page.ts'
import { isObject, writeField } from '../form/write-field.ts'
import { extraFile, type OpenReply, wantedField } from '../tracking/reply/open-reply.ts'
import { type ReplyRead, readReply } from '../tracking/reply/read-reply.ts'
import { fileFields, type ReplyFiles, readReplyFiles } from '../tracking/reply/reply-files.ts'
import { bodyOf, objectOf } from './answer.ts'
import { type AnswerError, answersWrong, otherType, pointerTo } from './answers-wrong.ts'
import type { ServicesApiOptions } from './options.ts'
import type { ApiRequest } from './person-route.ts'
import { apiProblems } from './problems.ts'
import { isTypable } from './read-answers.ts'

/** In a form with files: the part that holds the JSON. */
export const replyPart = 'reply'

type Answers = { readonly [path: string]: JsonValue }

export interface TakenReply {
  readonly files: ReplyFiles
  readonly supplement: ReplyRead['supplement']
}

/**
 * Reads a reply as a program sends it: `text` and `answers` by their paths, and files in parts of a form that are named by
 * what they are for. What is left out stays as it was handed in. Throws `api-body-malformed`, and `api-answers-wrong` with
 * pointers; then nothing is kept.
 */
export async function readReplyOf(
  options: ServicesApiOptions,
  open: OpenReply,
  request: ApiRequest,
): Promise<TakenReply> {
  const { text, answers } = saidIn(request)
  const parts = [...(request.files?.keys() ?? [])]
  const paths = [...open.wanted.fields, ...Object.keys(answers), ...parts]
  const more = paths.filter((path) => !open.wanted.fields.includes(path))
  const fields = fileFields(open, [...new Set(paths)])
  const files = await readReplyFiles(options, open, { fields, files: request.files })
  const form = formOf(open, paths, answers)
  const { supplement, ...read } = readReply(options, open, { form, text, files, more, language: 'en' })
  const errors = errorsOf(open, { answers, parts }, read)
  if (errors.length > 0) throw answersWrong(errors)
  return { files, supplement }
}

function saidIn(request: ApiRequest): { readonly text: string; readonly answers: Answers } {
  const { form, files } = request
  const isForm = [...form.keys()].length + (files?.size ?? 0) > 0
  const members = ['text', 'answers']
  const { text = '', answers = {} } = isForm ? objectOf(partOf(form), members) : bodyOf(request, members)
  if (typeof text !== 'string') throw new Problem(apiProblems['api-body-malformed'])
  if (!isObject(answers)) throw answersWrong([{ pointer: '/answers', text: otherType }])
  return { text, answers }
}

function partOf(form: URLSearchParams): string {
  const names = [...form.keys()]
  if (names.some((name) => name !== replyPart) || names.length > 1)
    throw new Problem(apiProblems['api-body-malformed'])
  return form.get(replyPart) ?? '{}'
}

/** As the inputs of the page would hold it: of these paths alone. */
function formOf(open: OpenReply, paths: readonly string[], answers: Answers): URLSearchParams {
  const pairs = [...new Set(paths)].flatMap((path) => {
    const field = wantedField(open, path)
    const value = Object.hasOwn(answers, path) ? answers[path] : beforeAt(open, path)
    return field === undefined ? [] : writeField(field, value, 'en')
  })
  return new URLSearchParams(pairs.map((pair) => [...pair]))
}

function beforeAt({ definition, application }: OpenReply, path: string): JsonValue | undefined {
  const place = placeOf(definition, path)
  return place && answerAt(application, place)
}

interface Sent {
  readonly answers: Answers
  readonly parts: readonly string[]
}

function errorsOf(
  open: OpenReply,
  { answers, parts }: Sent,
  { errors, asked, left }: Omit<ReplyRead, 'supplement'>,
): AnswerError[] {
  const mayAnswer = new Set([...open.wanted.fields, ...asked])
  const documents = open.wanted.files.map((label, at) => extraFile(label, at).id)
  const ill = Object.entries(answers).flatMap(([path, value]): AnswerError[] => {
    const field = mayAnswer.has(path) ? wantedField(open, path) : undefined
    const text =
      field === undefined
        ? notAsked
        : field.type === 'file'
          ? asPart
          : value === null || isTypable(field, value)
            ? undefined
            : otherType
    return text === undefined ? [] : [{ pointer: pointerTo('answers', path), text }]
  })
  const isFor = (part: string) =>
    documents.includes(part) || (mayAnswer.has(part) && wantedField(open, part)?.type === 'file')
  const strange = parts.flatMap((part) =>
    isFor(part) ? [] : [{ pointer: pointerTo(part), text: noSuchFile }],
  )
  const known = new Set(ill.map(({ pointer }) => pointer))
  const told = [
    ...errors.map((error) => ({ pointer: pointerOf(open, error), text: error.text })),
    ...left.map((path) => ({ pointer: pointerOf(open, { field: path }), text: broughtUp })),
  ]
  return [...ill, ...strange, ...told.filter(({ pointer }) => !known.has(pointer))]
}

/** Files are parts of their own; all else of an answer stands among the answers. */
function pointerOf(open: OpenReply, { field }: Pick<FieldError, 'field'>): string {
  const found = wantedField(open, field)
  return found === undefined || found.type === 'file' ? pointerTo(field) : pointerTo('answers', field)
}

const notAsked: Text = { th: 'ไม่ได้ขอให้ตอบข้อนี้', en: 'This is not asked for.' }
const noSuchFile: Text = { th: 'ไม่ได้ขอไฟล์นี้', en: 'No file of this name is asked for.' }
const asPart: Text = {
  th: 'ส่งไฟล์เป็นส่วนหนึ่งของ multipart/form-data ในชื่อของข้อนี้ ไม่ใช่ในคำตอบ',
  en: 'A file comes as a part of multipart/form-data under this name, not within answers.',
}
const broughtUp: Text = {
  th: 'คำตอบใหม่ทำให้ต้องตอบข้อนี้ด้วย',
  en: 'The new answers bring this up: answer it too.',
}
