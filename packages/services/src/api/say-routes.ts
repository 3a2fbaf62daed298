import { Problem, type Text } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { needsWords, readSaying, type Saying, say } from '../tracking/say.ts'
import { bodyOf, json } from './answer.ts'
import { ownCase } from './case-routes.ts'
import { caseView } from './case-view.ts'
import type { ServicesApiOptions } from './options.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { assertSeen, caseTag } from './precondition.ts'
import { apiProblems } from './problems.ts'

/** What a person does on their case: they withdraw it, or appeal against its decision. */
export function sayApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  return (['withdraw', 'appeal'] as const).map((saying) =>
    route('POST', `/api/applications/:case/${saying}`, (request, { account }) =>
      take(options, request, account, saying),
    ),
  )
}

async function take(
  options: ServicesApiOptions,
  request: ApiRequest,
  account: string,
  saying: Saying,
): Promise<SiteFile> {
  const { person, found } = await ownCase(options, request, account)
  assertSeen(request, caseTag(found))
  const text = wordsIn(request, saying)
  try {
    const now = await say(options.ground, saying, { person, found, text })
    return json(caseView(now), { headers: { etag: caseTag(now) } })
  } catch (error) {
    // Somebody else acted between our look and our act.
    if (error instanceof Problem && error.code === 'case-changed')
      throw new Problem(apiProblems['api-precondition-failed'], { cause: error })
    throw error
  }
}

/** Throws `api-body-malformed`, and `api-answers-wrong` where it is too long, unreadable or missing. */
function wordsIn(request: ApiRequest, saying: Saying): string {
  const { text = '' } = bodyOf(request, ['text'])
  if (typeof text !== 'string') throw new Problem(apiProblems['api-body-malformed'])
  const read = readSaying(text)
  if (read.kind === 'wrong') throw wrong(read.text)
  if (read.kind === 'empty' && needsWords[saying]) throw wrong(missing)
  return read.kind === 'text' ? read.text : ''
}

function wrong({ th, en }: Text): Problem {
  const errors = [{ pointer: '/text', detail: en, th, en }]
  return new Problem(apiProblems['api-answers-wrong'], { extensions: { errors } })
}

const missing: Text = { th: 'เขียนข้อโต้แย้ง', en: 'The grounds are missing.' }
