import { createHash } from 'node:crypto'
import type { Field } from '../../definition/form.ts'
import type { NewFile } from '../../draft/draft.ts'
import { cleanFileName } from '../../draft/upload/file-name.ts'
import { accepts, mediaTypeOf } from '../../draft/upload/media-type.ts'
import { acceptedTypes } from '../../draft/upload/take-file.ts'
import type { TrackingOptions } from '../options.ts'

/** A file that came with the form before, when something else was wrong. What it is, its bytes say anew. */
export async function keptBefore(
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
