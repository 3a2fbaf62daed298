import type { SiteAnswer } from '@sapan/ui'
import { takeStep } from '../../pages/form/place-choice.ts'
import { submitterOf } from '../../submission/who.ts'
import { actingCase, toCase } from '../case-page.ts'
import type { TrackingOptions, TrackingRequest } from '../options.ts'
import { keepReply } from './keep-reply.ts'
import { keptBefore } from './kept-file.ts'
import { type OpenReply, openReply } from './open-reply.ts'
import { readReply } from './read-reply.ts'
import { fileFields, keepReplyFiles, type ReplyFiles, readReplyFiles } from './reply-files.ts'
import { replyPage } from './reply-page.ts'

/** The page of what an officer asks, for who may act while it is asked. */
export async function showReply(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const acting = await actingCase(options, request)
  if (acting?.found.state !== 'awaiting-information') return toCase(request)
  return replyPage(options, request, await openReply(options, acting))
}

/**
 * Takes a reply: what was wanted is read as the form's own pages are. What is wrong, or is brought up by the answers, is
 * asked on the same page. Throws `case-changed`, `case-transition-not-allowed`, `draft-too-large`.
 */
export async function takeReply(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const acting = await actingCase(options, request)
  if (acting === undefined) return toCase(request)
  const open = await openReply(options, acting)
  const { form, language } = request
  const step = form.get('place')
  const more = form.getAll('more')
  const files = await takeFiles(options, request, open, more)
  const text = form.get('text') ?? ''
  const { errors, asked, left, supplement } = readReply(options, open, { form, text, files, more, language })
  const unsent = { form, errors: [], files: files.taken, more: asked }
  if (step !== null) return replyPage(options, request, open, { ...unsent, form: takeStep(form, step) })
  if (form.has('remove-file')) return replyPage(options, request, open, unsent)
  if (errors.length + left.length > 0)
    return replyPage(options, request, open, { ...unsent, errors, more: [...asked, ...left] })
  await keepReply(
    options,
    submitterOf(request.who),
    open,
    supplement,
    Number(form.get('version') ?? open.found.caseVersion),
  )
  return { kind: 'redirect', to: `/me/applications/${open.found.id}` }
}

/** They are kept at once, so that nobody has to send them again because something else is wrong. */
async function takeFiles(
  options: TrackingOptions,
  { form, files }: TrackingRequest,
  open: OpenReply,
  more: readonly string[],
): Promise<ReplyFiles> {
  const removed = form.get('remove-file')
  const { draft } = open.application
  const came = await readReplyFiles(options, open, {
    fields: fileFields(open, [...open.wanted.fields, ...more]).filter(({ id }) => id !== removed),
    files,
    before: (field) => keptBefore(options.drafts, draft, field, form),
  })
  await keepReplyFiles(options, open, came)
  return came
}
