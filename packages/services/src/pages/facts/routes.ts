import type { Need, Visitor } from '@sapan/identity'
import type { SiteAnswer, SiteRedirect, SiteRequest, SiteRoute } from '@sapan/ui'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { changeDraft } from '../../draft/change.ts'
import { openProblems } from '../../form/problems.ts'
import { applyFacts } from '../../prefill/apply.ts'
import { agree, decline, takeFromRegister, type Words } from '../../prefill/decide.ts'
import { fetchFacts } from '../../prefill/fetch.ts'
import { forgetLater } from '../../prefill/forget.ts'
import { standingsOf } from '../../prefill/standing.ts'
import { disputable, forgotten, readDispute, tellWrong } from '../../prefill/tell-wrong.ts'
import { openDraft } from '../form/opened.ts'
import type { OpenedDraft } from '../form/options.ts'
import { type FactsErrors, factsPage } from './facts-page.ts'
import type { FactsPagesOptions } from './options.ts'
import type { FactsShown } from './sections.ts'
import { wrongWords } from './words.ts'
import { wrongPage } from './wrong-page.ts'

type Request = SiteRequest<Visitor>
type Work = (request: Request, opened: OpenedDraft) => Promise<SiteAnswer>

/** What registers know of an application, per service: `/services/<id>/drafts/:draft/facts…`. */
export function factsRoutes(options: FactsPagesOptions): SiteRoute<Visitor, Need>[] {
  return options.ground.definitions.current().flatMap((definition) => routesOf(options, definition))
}

function routesOf(
  options: FactsPagesOptions,
  { id, level }: Pick<ServiceDefinition, 'id' | 'level'>,
): SiteRoute<Visitor, Need>[] {
  const path = `/services/${id}/drafts/:draft/facts`
  const route = (method: 'GET' | 'POST', below: string, work: Work): SiteRoute<Visitor, Need> => ({
    method,
    path: `${path}${below}`,
    needs: { ...level },
    handle: async (request) => {
      const opened = await openDraft(options, request, id)
      return 'kind' in opened ? opened : await work(request, await forgotten(options, opened))
    },
  })
  return [
    route('GET', '', async (request, opened) => shownPage(options, request, opened)),
    route('POST', '/ask', (request, opened) => ask(options, request, opened)),
    route('POST', '/use', (request, opened) => use(options, request, opened)),
    route('POST', '/take', (request, opened) => take(options, request, opened)),
    route('GET', '/wrong/:evidence/:path', async (request, opened) => {
      const { standing, value } = disputable(opened, named(request))
      return wrongPage(shownOf(options, request, opened), standing, value)
    }),
    route('POST', '/wrong/:evidence/:path', (request, opened) => wrong(options, request, opened)),
  ]
}

function shownOf(
  { ground, places }: FactsPagesOptions,
  { language, formKey }: Request,
  { definition, draft, base }: OpenedDraft,
): FactsShown {
  return { ground, definition, places, content: draft.content, language, formKey, base: `${base}/facts` }
}

function shownPage(
  options: FactsPagesOptions,
  request: Request,
  opened: OpenedDraft,
  errors?: FactsErrors,
): SiteAnswer {
  const standings = standingsOf(opened.definition, opened.draft.content, opened.today)
  const isReported = request.query.has('reported')
  const silent = request.query.getAll('silent')
  const onward = onwardOf(opened)
  return factsPage({ ...shownOf(options, request, opened), standings, errors, isReported, silent, onward })
}

/** To the list of what is to be done; who has begun already, to the first page that is open. */
function onwardOf({ definition, draft, today, base }: OpenedDraft): string {
  if (draft.content.done.length === 0) return base
  const [open] = openProblems(definition, draft.content, today)
  return open === undefined ? `${base}/review` : `${base}/pages/${open.page}`
}

/** What was said of each piece of evidence that may be spoken of now; `missing`: of which nothing was. */
function wordsIn(
  { form }: Request,
  { definition, draft, today }: OpenedDraft,
  to: 'ask' | 'use',
): { readonly words: Words; readonly missing: readonly string[] } {
  const standings = standingsOf(definition, draft.content, today)
  const said = (id: string) => form.get(`${to}.${id}`)
  const words: Record<string, 'yes' | 'no'> = {}
  for (const { evidence, state } of standings) {
    const word = said(evidence.id)
    const mayBe = to === 'ask' ? state !== 'waits' : state === 'undecided' || state === 'used'
    if (mayBe && (word === 'yes' || word === 'no')) words[evidence.id] = word
  }
  const open = standings.filter(({ state }) => state === (to === 'ask' ? 'to-ask' : 'undecided'))
  // One button beside one piece of evidence says nothing of the others.
  const isOne =
    open.every(({ evidence }) => !form.has(`${to}.${evidence.id}`)) && Object.keys(words).length > 0
  const missing = isOne ? [] : open.flatMap(({ evidence: { id } }) => (Object.hasOwn(words, id) ? [] : [id]))
  return { words, missing }
}

/** Asks the registers that the person said yes to, and notes the others. */
async function ask(options: FactsPagesOptions, request: Request, opened: OpenedDraft): Promise<SiteAnswer> {
  const { ground, waiting } = options
  const { definition, draft } = opened
  const { words, missing } = wordsIn(request, opened, 'ask')
  if (missing.length > 0) return shownPage(options, request, opened, { to: 'ask', missing, chosen: words })
  const { account, session, level } = request.who
  const only = Object.keys(words).filter((id) => words[id] === 'yes')
  const declined = decline(draft.content.facts, words, ground.clock())
  const who = { kind: 'applicant', account, session, level } as const
  const came = await fetchFacts(ground, definition, { ...draft.content, facts: declined }, who, {
    ...waiting,
    only,
  })
  const told = Object.keys(words)
  await changeDraft(options, opened, (content) => {
    const others = Object.entries(content.facts).filter(([id]) => !told.includes(id))
    const now = Object.entries(came).filter(([id]) => told.includes(id))
    return applyFacts(definition, { ...content, facts: Object.fromEntries([...others, ...now]) })
  })
  if (only.length > 0) await forgetLater(ground, draft.id)
  // What did not come took nothing away: the page says so, of what stays as it was.
  const silent = only.filter((id) => came[id] !== undefined && came[id] === declined[id])
  const query = new URLSearchParams(silent.map((id) => ['silent', id]))
  return silent.length === 0 ? to(opened) : { kind: 'redirect', to: `${to(opened).to}?${query}` }
}

async function use(options: FactsPagesOptions, request: Request, opened: OpenedDraft): Promise<SiteAnswer> {
  const { words, missing } = wordsIn(request, opened, 'use')
  if (missing.length > 0) return shownPage(options, request, opened, { to: 'use', missing, chosen: words })
  await changeDraft(options, opened, (content) => agree(opened.definition, content, words))
  return to(opened)
}

async function take(options: FactsPagesOptions, request: Request, opened: OpenedDraft): Promise<SiteAnswer> {
  const field = request.form.get('field') ?? ''
  await changeDraft(options, opened, (content) => takeFromRegister(opened.definition, content, field))
  return to(opened)
}

async function wrong(options: FactsPagesOptions, request: Request, opened: OpenedDraft): Promise<SiteAnswer> {
  const said = disputable(opened, named(request))
  const text = request.form.get('words') ?? ''
  const written = readDispute(text)
  if (written.kind !== 'text') {
    const shown = shownOf(options, request, opened)
    const error = written.kind === 'wrong' ? written.text : wrongWords.missing
    return wrongPage(shown, said.standing, said.value, { text, error })
  }
  await tellWrong(options, opened, { ...said, account: request.who.account, words: written.text })
  return { kind: 'redirect', to: `${to(opened).to}?reported` }
}

function named({ parameters: { evidence, path = '' } }: Request) {
  return { evidence, path }
}

function to({ base }: OpenedDraft): SiteRedirect {
  return { kind: 'redirect', to: `${base}/facts` }
}
