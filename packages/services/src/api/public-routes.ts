import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteFile, SiteRequest, SiteRoute } from '@sapan/ui'
import type { ServiceDefinition } from '../definition/definition.ts'
import { askedFields, askedValues, readAsked } from '../eligibility/asked.ts'
import { judge } from '../eligibility/judge.ts'
import { findingProblems } from '../finding/problems.ts'
import { isoCountries } from '../form/countries.ts'
import { isObject, writeField } from '../form/write-field.ts'
import { bodyOf, forAll, headerOf, json } from './answer.ts'
import { described } from './describe.ts'
import { linkedData } from './linked-data.ts'
import { openApi } from './openapi/document.ts'
import type { ServicesApiOptions } from './options.ts'
import { nextLink, partIn, partOf } from './page-of.ts'
import { apiProblems } from './problems.ts'
import { refusal } from './refusal.ts'

type Request = SiteRequest<Visitor>
type Options = Pick<ServicesApiOptions, 'places' | 'countries' | 'issuer' | 'eventName'> & {
  readonly ground: Pick<
    ServicesApiOptions['ground'],
    'definitions' | 'memberName' | 'lawName' | 'portal' | 'clock' | 'days'
  >
}

/** What anybody may read and ask: what services are, and whether one is for somebody. */
export function publicApiRoutes(options: Options): SiteRoute<Visitor, Need>[] {
  const { ground } = options
  const route = (
    method: 'GET' | 'POST',
    below: string,
    work: (request: Request) => SiteFile,
  ): SiteRoute<Visitor, Need> => ({
    method,
    path: `/api/services${below}`,
    machine: true,
    handle: (request) => {
      try {
        const answer = work(request)
        return method === 'GET' ? forAll(request, answer) : answer
      } catch (error) {
        return refusal(error, ground.portal, request)
      }
    },
  })
  const one = (request: Request) => named(options, request)
  return [
    route('GET', '', (request) => catalogue(options, request)),
    route('GET', '/:service', (request) =>
      wantsLinked(request)
        ? json(linkedData([one(request)], inWords(options)), { contentType: linked })
        : json(described(one(request), ground)),
    ),
    route('GET', '/:service/openapi.json', (request) => json(openApi(one(request), options))),
    route('POST', '/:service/eligibility', (request) => judged(options, one(request), request)),
  ]
}

const linked = 'application/ld+json'

function inWords({ ground, eventName }: Options) {
  return { ...ground, ...(eventName && { eventName }) }
}

/** All of them as linked data; as JSON in parts. */
function catalogue(options: Options, request: Request): SiteFile {
  const { ground } = options
  const all = ground.definitions.current()
  if (wantsLinked(request)) return json(linkedData(all, inWords(options)), { contentType: linked })
  const { limit, after } = partOf(request)
  const { part, next } = partIn(all, { limit, ...(after !== undefined && { after }) })
  const headers = nextLink(request, { portal: ground.portal, limit, next })
  const services = part.map((each) => described(each, ground))
  return json({ services, ...(next !== undefined && { next }) }, { headers })
}

/** The service that an address names. Throws `service-not-offered`. */
export function named(
  { ground }: Pick<Options, 'ground'>,
  { parameters }: Pick<Request, 'parameters'>,
): ServiceDefinition {
  const found = ground.definitions.find(parameters.service ?? '')
  if (found === undefined) throw new Problem(findingProblems['service-not-offered'])
  return found
}

function wantsLinked(request: Request): boolean {
  return /\bapplication\/ld\+json\b/i.test(headerOf(request, 'accept') ?? '')
}

/** Nothing of it is kept. */
function judged(
  { ground, places, countries }: Options,
  definition: ServiceDefinition,
  request: Request,
): SiteFile {
  const { answers: sent = {} } = bodyOf(request, ['answers'])
  if (!isObject(sent)) throw new Problem(apiProblems['api-body-malformed'])
  const fields = askedFields(definition)
  const stranger = Object.keys(sent).find((name) => !fields.some(({ id }) => id === name))
  if (stranger !== undefined)
    throw wrong([{ pointer: `/answers/${stranger}`, th: 'บริการนี้ไม่ถามข้อนี้', en: 'It does not ask this.' }])
  const form = new URLSearchParams(
    fields.flatMap((field) => writeField(field, sent[field.id], 'en')).map((pair) => [...pair]),
  )
  const today = ground.days.dateOf(ground.clock())
  const context = { places, countries: countries ?? isoCountries(), language: 'en' as const, today }
  const { answers, errors } = readAsked(definition, form, context)
  const lost = fields.filter(({ id }) => sent[id] !== undefined && answers[id] === undefined)
  const ill = [
    ...errors.map(({ field, text }) => ({ pointer: `/answers/${field}`, ...text })),
    ...lost
      .filter(({ id }) => !errors.some(({ field }) => field === id))
      .map(({ id }) => ({
        pointer: `/answers/${id}`,
        th: 'ค่านี้ผิดชนิด',
        en: 'This is not of the type that belongs here.',
      })),
  ]
  if (ill.length > 0) throw wrong(ill)
  const judgement = judge(definition, askedValues(definition, answers, today))
  return json({
    overall: judgement.overall,
    requirements: judgement.judged.map(({ requirement, verdict, decidedBy, missing }) => ({
      ...{ id: requirement.id, name: requirement.name, verdict, law: requirement.law },
      ...(verdict === 'no' && { otherwise: requirement.otherwise }),
      decidedBy: decidedBy.map(({ path }) => path),
      missing,
    })),
  })
}

function wrong(
  errors: readonly { readonly pointer: string; readonly th: string; readonly en: string }[],
): Problem {
  return new Problem(apiProblems['api-answers-wrong'], {
    extensions: { errors: errors.map(({ pointer, th, en }) => ({ pointer, detail: en, th, en })) },
  })
}
