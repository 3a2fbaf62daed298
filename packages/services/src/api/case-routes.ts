import { Problem } from '@sapan/kernel'
import type { Payment } from '@sapan/payments'
import type { SiteFile } from '@sapan/ui'
import { submissionProblem } from '../submission/problems.ts'
import { isOwn, personOf } from '../submission/who.ts'
import { json } from './answer.ts'
import { caseView, wholeCaseView } from './case-view.ts'
import type { ServicesApiOptions } from './options.ts'
import { nextLink, partOf } from './page-of.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { apiProblems } from './problems.ts'

/** What a person handed in, how it stands, and what came of it. */
export function caseApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  return [
    route('GET', '/api/applications', (request, { account }) => list(options, request, account)),
    route('GET', '/api/applications/:case', (request, { account }) => show(options, request, account)),
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

async function own({ ground }: ServicesApiOptions, { parameters }: ApiRequest, account: string) {
  const person = await personOf(ground, account)
  const found = await ground.cases.find(person, parameters.case ?? '')
  if (!isOwn(found, person)) throw submissionProblem('application-not-found')
  const all = await ground.documentbox.list(account, person.parties)
  return { person, found, documents: all.filter(({ reference }) => reference === found.id) }
}

async function show(options: ServicesApiOptions, request: ApiRequest, account: string): Promise<SiteFile> {
  const { found, documents } = await own(options, request, account)
  const references = ['fee', 'payment', 'appeal/payment'].map((what) => `case:${found.id}:${what}`)
  const payments = await Promise.all(references.map((one) => options.ground.payments.byReference(one)))
  const asked = payments.filter((one): one is Payment => one !== undefined)
  return json(wholeCaseView(found, { documents, payments: asked }))
}

/** A signed document, byte for byte; that it was had is in the box's list of looks. */
async function document(
  options: ServicesApiOptions,
  request: ApiRequest,
  account: string,
): Promise<SiteFile> {
  const { person, documents } = await own(options, request, account)
  const named = documents.find(({ id }) => id === request.parameters.document)
  const content = named && (await options.ground.documentbox.content(account, named.id, person.parties))
  if (named === undefined || content === undefined) throw new Problem(apiProblems['api-document-unknown'])
  return { kind: 'file', contentType: 'application/pdf', name: `${named.number}.pdf`, body: content }
}
