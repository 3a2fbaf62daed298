import { caseProblems } from '@sapan/casework'
import { Problem } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { answerAt, placeOf } from '../application/supplement.ts'
import { submitterOf } from '../submission/who.ts'
import { keepReply } from '../tracking/reply/keep-reply.ts'
import { extraFile, type OpenReply, openReply, wantedField } from '../tracking/reply/open-reply.ts'
import { keepReplyFiles } from '../tracking/reply/reply-files.ts'
import { type ActingCase, onCase, onSeenCase } from './acting-case.ts'
import { json } from './answer.ts'
import { caseView } from './case-view.ts'
import type { ServicesApiOptions } from './options.ts'
import { type ApiRequest, type ApiRoute, personRoute } from './person-route.ts'
import { caseTag } from './precondition.ts'
import { readReplyOf } from './read-reply.ts'
import { mostOfAll } from './upload-bytes.ts'

/** What an officer asks of a case, and the reply to it. */
export function replyApiRoutes(options: ServicesApiOptions): ApiRoute[] {
  const route = personRoute(options)
  const path = '/api/applications/:case/reply'
  return [
    route(
      'GET',
      path,
      onCase(options, (acting) => show(options, acting)),
    ),
    route(
      'POST',
      path,
      onSeenCase(options, (acting, request) => take(options, acting, request)),
      { uploadBytes: mostOfAll },
    ),
  ]
}

async function show(options: ServicesApiOptions, acting: ActingCase): Promise<SiteFile> {
  const open = await opened(options, acting)
  return json(askedView(open), { headers: { etag: caseTag(open.found) } })
}

async function take(options: ServicesApiOptions, acting: ActingCase, request: ApiRequest): Promise<SiteFile> {
  const open = await opened(options, acting)
  const { files, supplement } = await readReplyOf(options, open, request)
  await keepReplyFiles(options, open, files)
  const now = await keepReply(options, submitterOf(acting.who), open, supplement)
  return json(caseView(now), { headers: { etag: caseTag(now) } })
}

/** Throws `case-transition-not-allowed` where nothing is asked. */
async function opened(options: ServicesApiOptions, acting: ActingCase): Promise<OpenReply> {
  if (acting.found.state !== 'awaiting-information')
    throw new Problem(caseProblems['case-transition-not-allowed'])
  return await openReply(options, acting)
}

/** Each field by its path, with what was handed in; further documents by the names under which they are sent. */
function askedView(open: OpenReply) {
  const { asked, askedAt, found, wanted, definition, application } = open
  return {
    ...(asked !== undefined && { text: asked }),
    askedAt: new Date(askedAt).toISOString(),
    ...(found.lapseAt !== undefined && { until: new Date(found.lapseAt).toISOString() }),
    fields: wanted.fields.flatMap((path) => {
      const [field, place] = [wantedField(open, path), placeOf(definition, path)]
      const before = place && answerAt(application, place)
      if (field === undefined) return []
      return [{ path, type: field.type, label: field.label, ...(before !== undefined && { before }) }]
    }),
    documents: wanted.files.map((label, at) => ({ part: extraFile(label, at).id, label })),
  }
}
