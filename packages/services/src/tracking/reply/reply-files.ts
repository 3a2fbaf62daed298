import { createHash } from 'node:crypto'
import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../../application/answers.ts'
import type { Field } from '../../definition/form.ts'
import type { NewFile } from '../../draft/draft.ts'
import { cleanFileName } from '../../draft/upload/file-name.ts'
import { accepts, mediaTypeOf } from '../../draft/upload/media-type.ts'
import { acceptedTypes, takeFile } from '../../draft/upload/take-file.ts'
import { scannerOf } from '../../draft/upload/watched-scanner.ts'
import { valuesOf } from '../../form/values.ts'
import type { TrackingOptions, TrackingRequest } from '../options.ts'
import { countedFiles, type OpenReply } from './open-reply.ts'

/** By the names of inputs. */
export interface ReplyFiles {
  readonly taken: ReadonlyMap<string, FileAnswer>
  readonly refused: ReadonlyMap<string, Text>
}

/**
 * The files of a reply: what came is looked at as in forms, and kept at once, so that nobody has to send it again because
 * something else is wrong.
 */
export async function takeReplyFiles(
  options: TrackingOptions,
  { form, files }: TrackingRequest,
  open: OpenReply,
  fields: readonly Field[],
): Promise<ReplyFiles> {
  const { ground, drafts } = options
  const { application, definition, today } = open
  const scanning = {
    scanner: scannerOf(options),
    values: valuesOf(definition, application, today),
    now: ground.clock(),
  }
  const removed = form.get('remove-file')
  const taken = new Map<string, FileAnswer>()
  const refused = new Map<string, Text>()
  const added: NewFile[] = []
  for (const field of fields) {
    const sent = files?.get(field.id)
    if (field.id === removed) continue
    const file =
      sent === undefined
        ? await keptBefore(drafts, application.draft, field, form)
        : await takeFile(field, sent, scanning)
    if (file === undefined) continue
    if ('th' in file) refused.set(field.id, file)
    else {
      taken.set(field.id, file.answer)
      if (sent !== undefined) added.push(file)
    }
  }
  const now = [...taken.values()].map((file) => ({ ...file }))
  // Whose reply will be refused leaves nothing behind.
  if (open.found.state === 'awaiting-information')
    await drafts.addFiles({ id: application.draft }, added, countedFiles(open, now))
  return { taken, refused }
}

/** One that came with the form before, when something else was wrong. What it is, its bytes say anew. */
async function keptBefore(
  drafts: TrackingOptions['drafts'],
  draft: string,
  field: Field,
  form: URLSearchParams,
): Promise<NewFile | undefined> {
  const id = form.get(`${field.id}-kept`)
  const content = id === null ? undefined : await drafts.file({ id: draft }, id)
  const found = content && mediaTypeOf(content)
  const mediaType = found && accepts(acceptedTypes(field), found)
  if (id === null || content === undefined || mediaType === undefined) return undefined
  const name = cleanFileName(form.get(`${field.id}-kept-name`) ?? '', mediaType)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { answer: { id, name, mediaType, bytes: content.length, sha256 }, content }
}
