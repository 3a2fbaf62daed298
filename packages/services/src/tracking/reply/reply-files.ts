import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../../application/answers.ts'
import type { Field } from '../../definition/form.ts'
import type { NewFile } from '../../draft/draft.ts'
import { type SentFile, takeFile } from '../../draft/upload/take-file.ts'
import { scannerOf } from '../../draft/upload/watched-scanner.ts'
import { valuesOf } from '../../form/values.ts'
import type { TrackingOptions } from '../options.ts'
import { countedFiles, extraFile, type OpenReply, wantedField } from './open-reply.ts'

type Options = Pick<TrackingOptions, 'ground' | 'drafts' | 'scanner'>

/** By the names of inputs. */
export interface ReplyFiles {
  readonly taken: ReadonlyMap<string, FileAnswer>
  readonly refused: ReadonlyMap<string, Text>
  /** Those that are not kept yet. */
  readonly added: readonly NewFile[]
}

export interface SentFiles {
  readonly fields: readonly Field[]
  readonly files: ReadonlyMap<string, SentFile> | undefined
  /** One that came before; undefined where there is none. */
  readonly before?: (field: Field) => Promise<NewFile | undefined>
}

/** What files a reply may bring: those of these paths, and those beside the form. */
export function fileFields(open: OpenReply, paths: readonly string[]): Field[] {
  const fields = paths.flatMap((path) => wantedField(open, path) ?? [])
  return [...fields.filter(({ type }) => type === 'file'), ...open.wanted.files.map(extraFile)]
}

/** The files of a reply, looked at as in forms. Nothing is kept yet. */
export async function readReplyFiles(
  options: Options,
  { application, definition, today }: OpenReply,
  { fields, files, before }: SentFiles,
): Promise<ReplyFiles> {
  const scanning = {
    scanner: scannerOf(options),
    values: valuesOf(definition, application, today),
    now: options.ground.clock(),
  }
  const taken = new Map<string, FileAnswer>()
  const refused = new Map<string, Text>()
  const added: NewFile[] = []
  for (const field of fields) {
    const sent = files?.get(field.id)
    const file = sent === undefined ? await before?.(field) : await takeFile(field, sent, scanning)
    if (file === undefined) continue
    if ('th' in file) refused.set(field.id, file)
    else {
      taken.set(field.id, file.answer)
      if (sent !== undefined) added.push(file)
    }
  }
  return { taken, refused, added }
}

/** Keeps what came beside what was handed in. Throws `draft-too-large`. */
export async function keepReplyFiles(
  { drafts }: Options,
  open: OpenReply,
  { taken, added }: ReplyFiles,
): Promise<void> {
  // Whose reply will be refused leaves nothing behind.
  if (open.found.state !== 'awaiting-information') return
  const now = [...taken.values()].map((file) => ({ ...file }))
  await drafts.addFiles({ id: open.application.draft }, added, countedFiles(open, now))
}
