import { Problem, type Text } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import type { FileAnswer } from '../application/answers.ts'
import type { DraftContent } from '../application/application.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { fileAnswer, isFile } from '../draft/files.ts'
import { takeFile } from '../draft/upload/take-file.ts'
import { scannerOf } from '../draft/upload/watched-scanner.ts'
import { isoCountries } from '../form/countries.ts'
import { visiblePages } from '../form/pages.ts'
import { readPage } from '../form/read-page.ts'
import { valuesOf } from '../form/values.ts'
import { writeField } from '../form/write-field.ts'
import { entriesOf, entryAt } from '../pages/form/entry.ts'
import { applyFacts } from '../prefill/apply.ts'
import { answersWrong } from './answers-wrong.ts'
import { draftAnswer } from './draft-view.ts'
import { kept, type Opened, onDraft, onSeenDraft } from './opened.ts'
import type { ServicesApiOptions } from './options.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { apiProblems } from './problems.ts'
import { largest } from './upload-bytes.ts'

/** Files of a draft: taken by the rules of the pages, by the same scanners, and given back to their owner alone. */
export function fileApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  const base = '/api/services/:service/drafts/:draft/files'
  const uploadBytes = largest(options.ground.definitions.current())
  return [
    route(
      'POST',
      base,
      onSeenDraft(options, (opened, request) => add(options, opened, request)),
      { uploadBytes },
    ),
    route(
      'GET',
      `${base}/:file`,
      onDraft(options, (opened, request) => give(options, opened, request)),
    ),
    route(
      'DELETE',
      `${base}/:file`,
      onSeenDraft(options, (opened, request) => remove(options, opened, request)),
    ),
  ]
}

interface Place {
  readonly page: FormPage
  readonly field: Field
  /** Of a repeated page. */
  readonly item?: number
}

async function add(options: ServicesApiOptions, opened: Opened, request: ApiRequest): Promise<SiteFile> {
  if (request.body !== undefined) throw new Problem(apiProblems['api-type-unsupported'])
  const { definition, draft, today } = opened
  const place = placeIn(opened, request.form)
  const sent = request.files?.get('file')
  if (sent === undefined) throw wrong('/file', noFile)
  const taken = await takeFile(place.field, sent, {
    scanner: scannerOf(options),
    values: valuesOf(definition, draft.content, today),
    now: options.ground.clock(),
  })
  if ('th' in taken) throw wrong('/file', taken)
  const content = withFile(options, opened, place, taken.answer)
  if (fileAnswer(content.answers, taken.answer.id) === undefined) throw wrong('/field', notAsked)
  const next = await kept(options, opened, content, [taken])
  const location = `/api/services/${definition.id}/drafts/${draft.id}/files/${taken.answer.id}`
  return draftAnswer(next, { status: 201, headers: { location } })
}

async function give(
  options: ServicesApiOptions,
  { draft }: Opened,
  { parameters }: ApiRequest,
): Promise<SiteFile> {
  const answer = fileAnswer(draft.content.answers, parameters.file ?? '')
  const content = answer && (await options.drafts.file(draft, answer.id))
  if (answer === undefined || content === undefined) throw new Problem(apiProblems['api-file-unknown'])
  return { kind: 'file', contentType: answer.mediaType, name: answer.name, body: content }
}

async function remove(
  options: ServicesApiOptions,
  opened: Opened,
  { parameters }: ApiRequest,
): Promise<SiteFile> {
  const place = opened.definition.form.pages
    .flatMap((page) => placesOf(opened.draft.content, page))
    .find(({ page, field, item }) => {
      const value = entryAt(opened.draft.content, page, item)[field.id]
      return isFile(value) && value.id === parameters.file
    })
  if (place === undefined) throw new Problem(apiProblems['api-file-unknown'])
  return draftAnswer(await kept(options, opened, withFile(options, opened, place, 'removed')))
}

function placesOf(content: DraftContent, page: FormPage): Place[] {
  const items = page.repeat === undefined ? [undefined] : [...entriesOf(content, page).keys()]
  const fields = page.fields.filter(({ type }) => type === 'file')
  return items.flatMap((item) =>
    fields.map((field) => ({ page, field, ...(item !== undefined && { item }) })),
  )
}

/** `field`, and of a repeated page `item`: an entry that is there, or the one behind the last, which then begins with it. */
function placeIn({ definition, draft, today }: Opened, form: URLSearchParams): Place {
  const [id, nth] = [form.get('field'), form.get('item')]
  const found = visiblePages(definition, draft.content, today).flatMap(({ page }) =>
    page.fields.filter((field) => field.type === 'file' && field.id === id).map((field) => ({ page, field })),
  )[0]
  if (found === undefined) throw wrong('/field', notAsked)
  const { repeat } = found.page
  if (repeat === undefined) {
    if (nth !== null) throw wrong('/item', noItem)
    return found
  }
  const most = Math.min(entriesOf(draft.content, found.page).length, repeat.max - 1)
  if (nth === null || !/^\d{1,4}$/.test(nth) || Number(nth) > most) throw wrong('/item', noItem)
  return { ...found, item: Number(nth) }
}

/** The page as it stands, with the file in its field or without it; what else is open on it stays open. */
function withFile(
  { places, countries = isoCountries() }: ServicesApiOptions,
  { definition, draft, today }: Opened,
  { page, field, item }: Place,
  file: FileAnswer | 'removed',
): DraftContent {
  const { content } = draft
  const before = entryAt(content, page, item)
  const form = new URLSearchParams(
    page.fields.flatMap((one) => writeField(one, before[one.id], 'en')).map((pair) => [...pair]),
  )
  const files = new Map([[field.id, file]])
  const context = { places, countries, language: 'en' as const, today }
  const read = readPage(
    definition,
    content,
    { page, form, files, ...(item !== undefined && { item }) },
    context,
  )
  return applyFacts(definition, read.content)
}

function wrong(pointer: string, text: Text): Problem {
  return answersWrong([{ pointer, text }])
}

const noFile: Text = { th: 'ไม่มีไฟล์ในช่อง file', en: 'There is no file in the part named file.' }
const notAsked: Text = {
  th: 'แบบนี้ไม่ได้ขอไฟล์ในช่องนี้ในขณะนี้',
  en: 'The form asks for no file in this field now.',
}
const noItem: Text = {
  th: 'item ต้องเป็นลำดับของรายการที่มีอยู่ หรือลำดับถัดไป และใช้กับหน้าที่มีหลายรายการเท่านั้น',
  en: 'The item is that of an entry that is there, or the next one, and only of a repeated page.',
}
