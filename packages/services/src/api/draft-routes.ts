import type { JsonValue } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteFile, SiteRequest, SiteRoute } from '@sapan/ui'
import type { DraftContent } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Draft } from '../draft/draft.ts'
import { draftProblems } from '../draft/problems.ts'
import { isoCountries } from '../form/countries.ts'
import { visiblePages } from '../form/pages.ts'
import { openProblems } from '../form/problems.ts'
import { isObject } from '../form/write-field.ts'
import { refuseOwn } from '../pages/form/applicant.ts'
import { openDraft, ownerAt } from '../pages/form/opened.ts'
import type { OpenedDraft } from '../pages/form/options.ts'
import { savingOf } from '../pages/form/take-page.ts'
import { applyFacts } from '../prefill/apply.ts'
import { agree, decline, type Words } from '../prefill/decide.ts'
import { fetchFacts } from '../prefill/fetch.ts'
import { forgetLater } from '../prefill/forget.ts'
import { standingsOf } from '../prefill/standing.ts'
import { submit } from '../submission/submit.ts'
import { bodyOf, headerOf, json, refusal } from './answer.ts'
import { caseView } from './case-routes.ts'
import type { ServicesApiOptions } from './options.ts'
import { apiProblems } from './problems.ts'
import { named } from './public-routes.ts'
import { readAnswers } from './read-answers.ts'
import { callerOf } from './who.ts'

type Request = SiteRequest<Visitor>
type Opened = OpenedDraft & { readonly who: Visitor }

/** A form filled in and handed in by a person's or a company's own software. */
export function draftApiRoutes(options: ServicesApiOptions): SiteRoute<Visitor, Need>[] {
  const base = '/api/services/:service/drafts'
  const route = (
    method: 'GET' | 'POST',
    below: string,
    work: (request: Request, who: Visitor) => Promise<SiteFile>,
  ): SiteRoute<Visitor, Need> => ({
    method,
    path: `${base}${below}`,
    machine: true,
    handle: async (request) => {
      try {
        return await work(request, await callerOf(options, request))
      } catch (error) {
        return refusal(error, options.ground.portal, headerOf(request, 'accept-language'))
      }
    },
  })
  const opened = (work: (opened: Opened, request: Request) => Promise<SiteFile>) => {
    return async (request: Request, who: Visitor) => {
      const draft = await opening(options, request, who)
      return 'kind' in draft ? draft : await work(draft, request)
    }
  }
  return [
    route('POST', '', (request, who) => begin(options, request, who)),
    route(
      'GET',
      '/:draft',
      opened(async (one) => json(draftView(one))),
    ),
    route(
      'POST',
      '/:draft/pages/:page',
      opened((one, request) => putPage(options, one, request)),
    ),
    route(
      'POST',
      '/:draft/facts',
      opened((one, request) => askRegisters(options, one, request)),
    ),
    route('POST', '/:draft/submit', (request, who) => handIn(options, request, who)),
  ]
}

/** Throws `api-level-too-low`. */
function assertLevel({ meets }: ServicesApiOptions, { level }: ServiceDefinition, who: Visitor): void {
  if (!meets(who.level, level))
    throw new Problem(apiProblems['api-level-too-low'], { extensions: { level: { ...level } } })
}

async function opening(
  options: ServicesApiOptions,
  request: Request,
  who: Visitor,
): Promise<Opened | SiteFile> {
  const definition = named(options, request)
  assertLevel(options, definition, who)
  const found = await openDraft(options, { who, parameters: request.parameters }, definition.id)
  if ('kind' in found) throw new Problem(draftProblems['draft-over'])
  return { ...found, who }
}

async function begin(options: ServicesApiOptions, request: Request, who: Visitor): Promise<SiteFile> {
  const { ground, drafts } = options
  const { id } = named(options, request)
  const { definition, applicant, owner } = await ownerAt(options, who, id)
  assertLevel(options, definition, who)
  refuseOwn(definition, who)
  const content = { applicant, answers: {}, facts: {}, marks: {}, done: [] }
  const draft = await drafts.create(owner, { service: id, version: definition.version, content })
  const today = ground.days.dateOf(ground.clock())
  return json(draftView({ definition, draft, today }), 201)
}

/** A draft as a program sees it: what is filled in, where it comes from, what is asked, and what stands against it. */
function draftView({ definition, draft, today }: Pick<OpenedDraft, 'definition' | 'draft' | 'today'>) {
  const { content, id, service, version, revision, changedAt } = draft
  return {
    ...{ id, service, version, revision, changedAt: new Date(changedAt).toISOString() },
    answers: content.answers,
    marks: content.marks,
    pages: visiblePages(definition, content, today).map(({ page, fields }) => ({
      ...{ id: page.id, title: page.title, isRepeated: page.repeat !== undefined },
      isDone: content.done.includes(page.id),
      fields: fields.map((field) => field.id),
    })),
    facts: standingsOf(definition, content, today).map(({ evidence, state, fact, missing }) => ({
      ...{ id: evidence.id, name: evidence.name, state, missing },
      ...(fact && {
        askedAt: new Date(fact.askedAt).toISOString(),
        exchange: fact.exchange,
        data: fact.data,
      }),
    })),
    problems: openProblems(definition, content, today),
    declaration: definition.form.declaration,
  }
}

async function putPage(options: ServicesApiOptions, opened: Opened, request: Request): Promise<SiteFile> {
  const { definition, draft, today } = opened
  const page = visiblePages(definition, draft.content, today).find(
    ({ page: one }) => one.id === request.parameters.page,
  )
  if (page === undefined) throw new Problem(apiProblems['api-page-unknown'])
  const body = bodyOf(request)
  if (body.revision !== undefined && body.revision !== draft.revision)
    throw new Problem(draftProblems['draft-changed'])
  const context = {
    places: options.places,
    countries: options.countries ?? isoCountries(),
    language: 'en' as const,
    today,
  }
  const content = applyFacts(definition, readAnswers(definition, draft.content, page.page, body, context))
  return json(draftView({ ...opened, draft: await save(options, opened, content) }))
}

async function save(
  { drafts }: ServicesApiOptions,
  { definition, draft }: Opened,
  content: DraftContent,
): Promise<Draft> {
  return await drafts.save(draft, content, savingOf(draft, content, definition))
}

/** `ask`: which registers are asked; `use`: of which the answer is used. The program passes on what the person said. */
async function askRegisters(
  options: ServicesApiOptions,
  opened: Opened,
  request: Request,
): Promise<SiteFile> {
  const { ground } = options
  const { definition, today, who } = opened
  const body = bodyOf(request)
  const [ask, use] = [wordsOf(definition, body.ask), wordsOf(definition, body.use)]
  let { draft } = opened
  if (Object.keys(ask).length > 0) {
    const facts = decline(draft.content.facts, ask, ground.clock())
    const only = Object.keys(ask).filter((id) => ask[id] === 'yes')
    const { account, session, level } = who
    const came = await fetchFacts(
      ground,
      definition,
      { ...draft.content, facts },
      { kind: 'applicant', account, session, level },
      { only },
    )
    draft = await save(
      options,
      { ...opened, draft },
      applyFacts(definition, { ...draft.content, facts: came }),
    )
    if (only.length > 0) await forgetLater(ground, draft.id)
  }
  if (Object.keys(use).length > 0)
    draft = await save(options, { ...opened, draft }, agree(definition, draft.content, use))
  return json(draftView({ definition, draft, today }))
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
async function handIn(options: ServicesApiOptions, request: Request, who: Visitor): Promise<SiteFile> {
  const { ground, drafts } = options
  const definition = named(options, request)
  assertLevel(options, definition, who)
  const { owner } = await ownerAt(options, who, definition.id)
  const draft = await drafts.find(owner, request.parameters.draft ?? '')
  if (draft.service !== definition.id) throw new Problem(draftProblems['draft-not-found'])
  if (bodyOf(request).declared !== true) throw new Problem(apiProblems['api-not-declared'])
  const { account, session, level, authenticatedAt } = who
  const submitter = { kind: 'applicant', account, session, level, authenticatedAt } as const
  const language = request.language
  const id = await submit(ground, drafts, { draft, who: submitter, language })
  const found = await ground.cases.byId(ground.pool, id)
  return json(found === undefined ? { id } : caseView(found), draft.submitted === undefined ? 201 : 200)
}
