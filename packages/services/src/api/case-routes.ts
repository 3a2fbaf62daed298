import { Problem } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { submissionProblem } from '../submission/problems.ts'
import { documentsWithin } from '../submission/reach.ts'
import { isOwn, personOf } from '../submission/who.ts'
import { doingsOf } from '../tracking/doings.ts'
import { findOwn, type OwnCase } from '../tracking/find-own.ts'
import { mayAct } from '../tracking/may-act.ts'
import { mayPay, paymentsOf } from '../tracking/payment-section.ts'
import { toldDecision } from '../tracking/told-decision.ts'
import { json } from './answer.ts'
import { caseView, paymentView, wholeCaseView } from './case-view.ts'
import type { ServicesApiOptions } from './options.ts'
import { nextLink, partOf } from './page-of.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { caseTag } from './precondition.ts'
import { apiProblems } from './problems.ts'

/** What a person handed in, how it stands, and what came of it. */
export function caseApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  return [
    route('GET', '/api/applications', (request, { account }) => list(options, request, account)),
    route('GET', '/api/applications/:case', (request, { account }) => show(options, request, account)),
    route('GET', '/api/applications/:case/payments/:payment', (request, { account }) =>
      payment(options, request, account),
    ),
    route('GET', '/api/applications/:case/documents/:document', (request, { account }) =>
      document(options, request, account),
    ),
  ]
}

async function list({ ground }: ServicesApiOptions, request: ApiRequest, account: string): Promise<SiteFile> {
  const part = partOf(request)
  const { cases, next } = await ground.cases.ofApplicant(await personOf(ground, account), part)
  const headers = nextLink(request, { portal: ground.portal, limit: part.limit, next })
  return json({ applications: cases.map(caseView), ...(next !== undefined && { next }) }, { headers })
}

/** A case of one's own, or of somebody for whom one acts. Another's is `case-not-found`, and logged. */
export async function ownCase(
  { ground }: ServicesApiOptions,
  { parameters }: ApiRequest,
  account: string,
): Promise<OwnCase> {
  const own = await findOwn(ground, account, parameters.case ?? '')
  if (!isOwn(own.found, own.person)) throw submissionProblem('application-not-found')
  return own
}

async function own(options: ServicesApiOptions, request: ApiRequest, account: string) {
  const own = await ownCase(options, request, account)
  const reach = await documentsWithin(options.ground, account)
  const all = await options.ground.documentbox.list(account, reach)
  return { ...own, reach, documents: all.filter(({ reference }) => reference === own.found.id) }
}

async function show(options: ServicesApiOptions, request: ApiRequest, account: string): Promise<SiteFile> {
  const { actor, found, documents } = await own(options, request, account)
  const payments = await paymentsOf(options.ground, found)
  const doings = mayAct(found, actor) ? doingsOf(found, options.ground.clock()) : []
  const definition = options.ground.definitions.version(found.service, found.version)
  const told = definition && toldDecision(definition.workflow, found)
  const view = wholeCaseView(found, { documents, payments, doings, told })
  return json(view, { headers: { etag: caseTag(found) } })
}

/** What to pay, until when and by which code, and how it stands. */
async function payment(options: ServicesApiOptions, request: ApiRequest, account: string): Promise<SiteFile> {
  const { found } = await ownCase(options, request, account)
  const asked = await paymentsOf(options.ground, found)
  const named = asked.find(({ id }) => id === request.parameters.payment)
  const isTheirs = named && (await mayPay(options.ground, account, named))
  if (named === undefined || !isTheirs) throw new Problem(apiProblems['api-payment-unknown'])
  return json(paymentView(named))
}

/** A signed document, byte for byte; that it was had is in the box's list of looks. */
async function document(
  options: ServicesApiOptions,
  request: ApiRequest,
  account: string,
): Promise<SiteFile> {
  const { reach, documents } = await own(options, request, account)
  const named = documents.find(({ id }) => id === request.parameters.document)
  const content = named && (await options.ground.documentbox.content(account, named.id, reach))
  if (named === undefined || content === undefined) throw new Problem(apiProblems['api-document-unknown'])
  return { kind: 'file', contentType: 'application/pdf', name: `${named.number}.pdf`, body: content }
}
