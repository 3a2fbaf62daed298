import { Problem, type Text } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { disputable, forgotten, readDispute, tellWrong } from '../prefill/tell-wrong.ts'
import { bodyOf } from './answer.ts'
import { answersWrong } from './answers-wrong.ts'
import { draftAnswer } from './draft-view.ts'
import { type Opened, onSeenDraft } from './opened.ts'
import type { ServicesApiOptions } from './options.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { apiProblems } from './problems.ts'

/** A person tells whoever holds a value of theirs that it is wrong. */
export function disputeApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  return [
    personRoute(options)(
      'POST',
      '/api/services/:service/drafts/:draft/facts/:evidence/disputes',
      onSeenDraft(options, (opened, request) => take(options, opened, request)),
    ),
  ]
}

/** `path`: of a value in the `data` of the fact. Sent twice it is one. Throws `fact-not-found` for what the person is not shown. */
async function take(options: ServicesApiOptions, before: Opened, request: ApiRequest): Promise<SiteFile> {
  const { path, text = '' } = bodyOf(request, ['path', 'text'])
  if (typeof path !== 'string' || typeof text !== 'string')
    throw new Problem(apiProblems['api-body-malformed'])
  const opened = await forgotten(options, before)
  const said = disputable(opened, { evidence: request.parameters.evidence, path })
  const written = readDispute(text)
  if (written.kind !== 'text')
    throw answersWrong([{ pointer: '/text', text: written.kind === 'wrong' ? written.text : missing }])
  const { account } = opened.who
  const draft = await tellWrong(options, opened, { ...said, account, words: written.text })
  return draftAnswer({ ...opened, draft })
}

const missing: Text = { th: 'เขียนว่าอะไรไม่ถูกต้องและที่ถูกคืออะไร', en: 'Say what is wrong, and what is right.' }
