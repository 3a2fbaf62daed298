import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRoute } from '@sapan/ui'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { FormPage } from '../../definition/form.ts'
import { fileAnswer } from '../../draft/files.ts'
import { draftProblems } from '../../draft/problems.ts'
import { mostBytes } from '../../draft/upload/take-file.ts'
import { isoCountries } from '../../form/countries.ts'
import { standingOf } from '../../form/pages.ts'
import { refuseOwn } from './applicant.ts'
import { entriesPage, removeEntry, removePage, takeEntries } from './entries-page.ts'
import { entriesOf } from './entry.ts'
import { addedNotice } from './entry-added.ts'
import { openDraft, ownerAt } from './opened.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'
import { questionPage } from './question-page.ts'
import { reviewPage } from './review-page.ts'
import { startPage } from './start-page.ts'
import { takePage } from './take-page.ts'
import { taskListPage } from './task-list-page.ts'

type Route = SiteRoute<Visitor, Need>

/** Bytes of files that come with one page at most. */
const mostUpload = 40 * 1024 * 1024

/** The pages by which a form is filled in, for each service, at the level that it needs. */
export function formRoutes(given: FormPagesOptions): Route[] {
  const options = { ...given, countries: given.countries ?? isoCountries() }
  return options.ground.definitions.current().flatMap((definition) => routesOf(options, definition))
}

type Handler = (opened: OpenedDraft, request: FormRequest) => Promise<SiteAnswer> | SiteAnswer

function routesOf(options: FormPagesOptions, { id, level, form }: ServiceDefinition): Route[] {
  const needs = { ial: level.ial, aal: level.aal }
  const one = `/services/${id}/drafts/:draft`
  const draftRoute = (
    method: 'GET' | 'POST',
    path: string,
    handle: Handler,
    more: Partial<Route> = {},
  ): Route => ({
    method,
    path: `${one}${path}`,
    needs,
    ...more,
    handle: async (request) => {
      const opened = await openDraft(options, request, id)
      return 'kind' in opened ? opened : await handle(opened, request)
    },
  })
  const upload = { uploadBytes: uploadBytes(form.pages) }
  return [
    { method: 'GET', path: `/services/${id}/apply`, handle: (request) => start(options, request, id) },
    {
      method: 'POST',
      path: `/services/${id}/apply`,
      needs,
      handle: (request) => begin(options, request, id),
    },
    {
      method: 'GET',
      path: `/services/${id}/begin`,
      needs,
      handle: (request) => beginOrCarryOn(options, request, id),
    },
    draftRoute('GET', '', (opened, request) => taskListPage(options, request, opened)),
    {
      method: 'POST',
      path: `${one}/remove`,
      needs,
      handle: (request) => removeOrRestore(options, request, id, 'remove'),
    },
    {
      method: 'POST',
      path: `${one}/restore`,
      needs,
      handle: (request) => removeOrRestore(options, request, id, 'restore'),
    },
    draftRoute('GET', '/pages/:page', (opened, request) => showPage(options, opened, request)),
    draftRoute('POST', '/pages/:page', (opened, request) => sendPage(options, opened, request), upload),
    draftRoute('GET', '/pages/:page/:item', (opened, request) => showPage(options, opened, request)),
    draftRoute('POST', '/pages/:page/:item', (opened, request) => sendPage(options, opened, request), upload),
    draftRoute('GET', '/pages/:page/:item/remove', (opened, request) =>
      onItem(opened, request, (page, item) => removePage(request, opened, page, item)),
    ),
    draftRoute('POST', '/pages/:page/:item/remove', (opened, request) =>
      onItem(opened, request, (page, item) => removeEntry(options, request, opened, { page, item })),
    ),
    draftRoute('GET', '/files/:file', (opened, request) => file(options, opened, request)),
    draftRoute('GET', '/review', (opened, request) => reviewPage(options, request, opened)),
  ]
}

function uploadBytes(pages: readonly FormPage[]): number {
  const sums = pages.map(({ fields }) =>
    fields
      .filter(({ type }) => type === 'file')
      .reduce((sum, field) => sum + mostBytes(field, {}) + 1_000_000, 0),
  )
  // At least this much, so that a file that is too large is told as such, with what was typed, and not by the site.
  return Math.min(mostUpload, Math.max(256 * 1024, ...sums) * 2)
}

async function start(options: FormPagesOptions, request: FormRequest, id: string): Promise<SiteAnswer> {
  const definition = options.ground.definitions.find(id)
  if (definition === undefined) throw new Problem(draftProblems['draft-not-found'])
  return startPage(options, request, definition, await draftsOf(options, request, id))
}

/** Who is not signed in has none; who cannot begin here is told so when they try. */
async function draftsOf(options: FormPagesOptions, { who }: FormRequest, id: string) {
  const visitor: Visitor | undefined = who
  if (visitor === undefined) return []
  try {
    const { owner } = await ownerAt(options, visitor, id)
    return await options.drafts.list(owner, id)
  } catch (error) {
    if (error instanceof Problem && error.type.status < 500) return []
    throw error
  }
}

/**
 * Where who had to sign in first, or to prove more, comes back to: they are where they were going. Who has begun already is
 * shown that first; nothing that was typed comes this way, and opened again it begins nothing more.
 */
async function beginOrCarryOn(
  options: FormPagesOptions,
  request: FormRequest,
  id: string,
): Promise<SiteAnswer> {
  const open = (await draftsOf(options, request, id)).filter(({ removedAt }) => removedAt === undefined)
  const [only] = open
  if (open.length === 0) return await begin(options, request, id)
  const isUntouched = open.length === 1 && only?.revision === 1
  if (!isUntouched) return { kind: 'redirect', to: `/services/${id}/apply` }
  const { evidence = [] } = options.ground.definitions.find(id) ?? {}
  return { kind: 'redirect', to: beginningOf(id, only.id, evidence) }
}

/** What comes first in a new draft: what registers know, where there are any to ask. */
function beginningOf(service: string, draft: string, evidence: readonly unknown[]): string {
  const base = `/services/${service}/drafts/${draft}`
  return evidence.length > 0 ? `${base}/facts` : base
}

async function begin(options: FormPagesOptions, { who }: FormRequest, id: string): Promise<SiteAnswer> {
  const { definition, applicant, owner } = await ownerAt(options, who, id)
  refuseOwn(definition, who)
  const content = { applicant, answers: {}, facts: {}, marks: {}, done: [] }
  // Pressed twice, it begins one: an untouched draft of the last minute is taken up.
  const [last] = await options.drafts.list(owner, id)
  const isTwice =
    last !== undefined &&
    last.removedAt === undefined &&
    last.revision === 1 &&
    options.ground.clock() - last.createdAt < 60_000
  const draft = isTwice
    ? last
    : await options.drafts.create(owner, { service: id, version: definition.version, content })
  return { kind: 'redirect', to: beginningOf(id, draft.id, definition.evidence) }
}

async function removeOrRestore(
  options: FormPagesOptions,
  { who, parameters }: FormRequest,
  service: string,
  what: 'remove' | 'restore',
): Promise<SiteAnswer> {
  const { owner } = await ownerAt(options, who, service)
  await options.drafts[what](owner, parameters.draft ?? '')
  const to = `/services/${service}/apply`
  return { kind: 'redirect', to: what === 'restore' ? `/services/${service}/drafts/${parameters.draft}` : to }
}

/** The page that an address names, where it is asked now. */
function askedPage(
  { definition, draft, today }: OpenedDraft,
  { parameters }: FormRequest,
): FormPage | undefined {
  return standingOf(definition, draft.content, today).page(parameters.page ?? '')?.page
}

function showPage(options: FormPagesOptions, opened: OpenedDraft, request: FormRequest): SiteAnswer {
  const page = askedPage(opened, request)
  if (page === undefined) return { kind: 'redirect', to: opened.base }
  const { item } = request.parameters
  if (page.repeat === undefined) return questionPage(options, request, { opened, page })
  if (item === undefined) return entriesPage(options, request, opened, page)
  const at = itemOf(item, entriesOf(opened.draft.content, page).length)
  if (at === undefined) return { kind: 'redirect', to: `${opened.base}/pages/${page.id}` }
  const notice = addedNotice(request, request.language)
  return questionPage(options, request, { opened, page, item: at, notice })
}

async function sendPage(
  options: FormPagesOptions,
  opened: OpenedDraft,
  request: FormRequest,
): Promise<SiteAnswer> {
  const page = askedPage(opened, request)
  // An answer that was changed in another window made it needless.
  if (page === undefined) return { kind: 'redirect', to: opened.base }
  const { item } = request.parameters
  if (page.repeat === undefined) return await takePage(options, request, opened, { page })
  if (item === undefined) return await takeEntries(options, request, opened, page)
  const at = item === 'new' ? item : itemOf(item, Number.POSITIVE_INFINITY)
  if (at === undefined) return { kind: 'redirect', to: `${opened.base}/pages/${page.id}` }
  return await takePage(options, request, opened, { page, item: at })
}

async function onItem(
  opened: OpenedDraft,
  request: FormRequest,
  handle: (page: FormPage, item: number) => Promise<SiteAnswer> | SiteAnswer,
): Promise<SiteAnswer> {
  const page = askedPage(opened, request)
  const item = itemOf(request.parameters.item, Number.POSITIVE_INFINITY)
  if (page?.repeat === undefined || item === undefined) return { kind: 'redirect', to: opened.base }
  return await handle(page, item)
}

/** Addresses count from 1; `new` comes behind all others. */
function itemOf(text: string | undefined, length: number): number | undefined {
  if (text === 'new' && Number.isFinite(length)) return length
  const number = /^[1-9]\d{0,3}$/.test(text ?? '') ? Number(text) - 1 : undefined
  return number !== undefined && number < length ? number : undefined
}

/** Only ever saved, never shown: what somebody sent is not to run here. */
async function file(
  { drafts }: FormPagesOptions,
  { draft }: OpenedDraft,
  { parameters }: FormRequest,
): Promise<SiteAnswer> {
  const answer = fileAnswer(draft.content.answers, parameters.file ?? '')
  const body = answer && (await drafts.file(draft, answer.id))
  if (answer === undefined || body === undefined) throw new Problem(draftProblems['draft-not-found'])
  return { kind: 'file', contentType: answer.mediaType, name: answer.name, body }
}
