import { Problem, type Text } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { submitterOf } from '../submission/who.ts'
import { needsWords, readSaying, type Saying, say } from '../tracking/say.ts'
import { type ActingCase, onSeenCase } from './acting-case.ts'
import { bodyOf, json } from './answer.ts'
import { answersWrong } from './answers-wrong.ts'
import { caseView } from './case-view.ts'
import type { ServicesApiOptions } from './options.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { caseTag } from './precondition.ts'
import { apiProblems } from './problems.ts'

/** What a person does on their case: they withdraw it, or appeal against its decision. */
export function sayApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  return (['withdraw', 'appeal'] as const).map((saying) =>
    route(
      'POST',
      `/api/applications/:case/${saying}`,
      onSeenCase(options, (acting, request) => take(options, acting, request, saying)),
    ),
  )
}

async function take(
  { ground }: ServicesApiOptions,
  acting: ActingCase,
  request: ApiRequest,
  saying: Saying,
): Promise<SiteFile> {
  const { text, isSealed } = saidIn(request, saying)
  const { person, found } = acting
  const who = submitterOf(acting.who, isSealed)
  const now = await say(ground, saying, { person, who, found, version: found.caseVersion, text })
  return json(caseView(now), { headers: { etag: caseTag(now) } })
}

/** Throws `api-body-malformed`, and `api-answers-wrong` where it is too long, unreadable or missing. */
function saidIn(request: ApiRequest, saying: Saying) {
  const { text = '', seal = false } = bodyOf(request, ['text', 'seal'])
  if (typeof text !== 'string' || typeof seal !== 'boolean')
    throw new Problem(apiProblems['api-body-malformed'])
  const read = readSaying(text)
  if (read.kind === 'wrong') throw wrong(read.text)
  if (read.kind === 'empty' && needsWords[saying]) throw wrong(missing)
  return { text: read.kind === 'text' ? read.text : '', isSealed: seal }
}

function wrong(text: Text): Problem {
  return answersWrong([{ pointer: '/text', text }])
}

const missing: Text = { th: 'เขียนข้อโต้แย้ง', en: 'The grounds are missing.' }
