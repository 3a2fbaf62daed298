import type { JsonValue } from '@sapan/casework'
import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import type { ServiceDefinition } from '../definition/definition.ts'
import { draftProblems } from '../draft/problems.ts'
import { isoCountries } from '../form/countries.ts'
import { visiblePages } from '../form/pages.ts'
import { isObject } from '../form/write-field.ts'
import { refuseOwn } from '../pages/form/applicant.ts'
import { filledInBy, ownerAt } from '../pages/form/opened.ts'
import { applyFacts } from '../prefill/apply.ts'
import { agree, decline, type Words } from '../prefill/decide.ts'
import { fetchFacts } from '../prefill/fetch.ts'
import { forgetLater } from '../prefill/forget.ts'
import { submit } from '../submission/submit.ts'
import { submitterOf } from '../submission/who.ts'
import { bodyOf, json } from './answer.ts'
import { caseView } from './case-view.ts'
import { draftAnswer } from './draft-view.ts'
import { incompleteFor } from './incomplete.ts'
import { kept, type Opened, onDraft, onSeenDraft } from './opened.ts'
import type { ServicesApiOptions } from './options.ts'
import { nextLink, partIn, partOf } from './page-of.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { assertSeen, draftTag } from './precondition.ts'
import { apiProblems } from './problems.ts'
import { named } from './public-routes.ts'
import { readAnswers } from './read-answers.ts'
import { assertLevel } from './who.ts'

/** A form filled in and handed in by a person's or a company's own software. */
export function draftApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  const all = '/api/services/:service/drafts'
  const one = `${all}/:draft`
  return [
    route('GET', all, (request, who) => list(options, request, who)),
    route('POST', all, (request, who) => begin(options, request, who)),
    route(
      'GET',
      one,
      onDraft(options, async (opened) => draftAnswer(opened)),
    ),
    route(
      'DELETE',
      one,
      onSeenDraft(options, (opened) => remove(options, opened)),
    ),
    route(
      'PUT',
      `${one}/pages/:page`,
      onSeenDraft(options, (opened, request) => putPage(options, opened, request)),
    ),
    route(
      'POST',
      `${one}/facts`,
      onSeenDraft(options, (opened, request) => askRegisters(options, opened, request)),
    ),
    route('POST', `${one}/submit`, (request, who) => handIn(options, request, who)),
  ]
}

/** Those that are still filled in, the last changed first. */
async function list(options: ServicesApiOptions, request: ApiRequest, who: Visitor): Promise<SiteFile> {
  const { ground, drafts } = options
  const { id } = named(options, request)
  const { limit, after } = partOf(request)
  const { owner } = await ownerAt(options, who, id)
  const open = (await drafts.list(owner, id)).filter(({ removedAt, submitted }) => !removedAt && !submitted)
  const { part, next } = partIn(open, { limit, ...(after !== undefined && { after }) })
  const shown = part.map(({ id: draft, service, version, revision, changedAt }) => ({
    ...{ id: draft, service, version, revision, changedAt: new Date(changedAt).toISOString() },
    etag: draftTag({ id: draft, revision }),
  }))
  const headers = nextLink(request, { portal: ground.portal, limit, next })
  return json({ drafts: shown, ...(next !== undefined && { next }) }, { headers })
}

async function begin(options: ServicesApiOptions, request: ApiRequest, who: Visitor): Promise<SiteFile> {
  const { ground, drafts } = options
  const { id } = named(options, request)
  const { definition, applicant, owner } = await ownerAt(options, who, id)
  assertLevel(options, definition, who)
  refuseOwn(definition, who)
  bodyOf(request, [])
  const content = { applicant, answers: {}, facts: {}, marks: {}, done: [] }
  const draft = await drafts.create(owner, { service: id, version: definition.version, content })
  const today = ground.days.dateOf(ground.clock())
  const location = `/api/services/${id}/drafts/${draft.id}`
  return draftAnswer({ definition, draft, today }, { status: 201, headers: { location } })
}

/** As on the pages, whoever removed it can have it back there for 30 days. */
async function remove({ drafts }: ServicesApiOptions, { owner, draft }: Opened): Promise<SiteFile> {
  await drafts.remove(owner, draft.id)
  return { kind: 'file', status: 204, contentType: 'application/json', body: '' }
}

async function putPage(options: ServicesApiOptions, opened: Opened, request: ApiRequest): Promise<SiteFile> {
  const { definition, draft, today } = opened
  const page = visiblePages(definition, draft.content, today).find(
    ({ page: one }) => one.id === request.parameters.page,
  )
  if (page === undefined) throw new Problem(apiProblems['api-page-unknown'])
  const { places, countries = isoCountries() } = options
  const kind = page.page.repeat === undefined ? 'answers' : 'items'
  const context = { places, countries, language: 'en' as const, today }
  const read = readAnswers(definition, draft.content, page.page, bodyOf(request, [kind]), context)
  return draftAnswer(await kept(options, opened, applyFacts(definition, read)))
}

/** `ask`: which registers are asked; `use`: of which the answer is used. The program passes on what the person said. */
async function askRegisters(
  options: ServicesApiOptions,
  opened: Opened,
  request: ApiRequest,
): Promise<SiteFile> {
  const { ground } = options
  const { definition, who } = opened
  const body = bodyOf(request, ['ask', 'use'])
  const [ask, use] = [wordsOf(definition, body.ask), wordsOf(definition, body.use)]
  let next = opened
  if (Object.keys(ask).length > 0) {
    const { content } = opened.draft
    const facts = decline(content.facts, ask, ground.clock())
    const only = Object.keys(ask).filter((id) => ask[id] === 'yes')
    const { account, session, level } = who
    const asker = { kind: 'applicant', account, session, level } as const
    const came = await fetchFacts(ground, definition, { ...content, facts }, asker, { only })
    next = await kept(options, next, applyFacts(definition, { ...content, facts: came }))
    if (only.length > 0) await forgetLater(ground, next.draft.id)
  }
  if (Object.keys(use).length > 0)
    next = await kept(options, next, agree(definition, next.draft.content, use))
  return draftAnswer(next)
}

function wordsOf({ evidence }: ServiceDefinition, said: JsonValue | undefined): Words {
  if (said === undefined) return {}
  if (!isObject(said)) throw new Problem(apiProblems['api-body-malformed'])
  const entries = Object.entries(said).map(([id, word]): [string, 'yes' | 'no'] => {
    if ((word !== 'yes' && word !== 'no') || !evidence.some((one) => one.id === id))
      throw new Problem(apiProblems['api-body-malformed'])
    return [id, word]
  })
  return Object.fromEntries(entries)
}

/** A draft is handed in once, however often it is sent: again gives the same case. */
async function handIn(options: ServicesApiOptions, request: ApiRequest, who: Visitor): Promise<SiteFile> {
  const { ground, drafts } = options
  const cameAt = ground.clock() - (request.waited ?? 0)
  const definition = named(options, request)
  assertLevel(options, definition, who)
  const { owner, applicant } = await ownerAt(options, who, definition.id)
  refuseOwn(definition, who)
  const draft = filledInBy(applicant, await drafts.find(owner, request.parameters.draft ?? ''))
  if (draft.service !== definition.id) throw new Problem(draftProblems['draft-not-found'])
  const isFirst = draft.submitted === undefined
  if (isFirst) assertSeen(request, draftTag(draft))
  const { declared, seal = false } = bodyOf(request, ['declared', 'seal'])
  if (typeof seal !== 'boolean') throw new Problem(apiProblems['api-body-malformed'])
  if (declared !== true) throw new Problem(apiProblems['api-not-declared'])
  const submitter = submitterOf(who, seal)
  const { language } = request
  const { pages } = definition.form
  const id = await submit(ground, drafts, { draft, who: submitter, language, cameAt }).catch((error) => {
    throw incompleteFor(error, pages, `/api/services/${definition.id}/drafts/${draft.id}`)
  })
  const found = await ground.cases.byId(ground.pool, id)
  const headers = { location: `/api/applications/${id}` }
  return json(found === undefined ? { id } : caseView(found), { status: isFirst ? 201 : 200, headers })
}
