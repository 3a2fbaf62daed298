import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../../application/answers.ts'
import type { FormPage } from '../../definition/form.ts'
import type { NewFile } from '../../draft/draft.ts'
import { takeFile } from '../../draft/upload/take-file.ts'
import { scannerOf } from '../../draft/upload/watched-scanner.ts'
import { standingOf } from '../../form/pages.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'

/** What became of the files that came with a page. */
export interface TakenFiles {
  readonly added: readonly NewFile[]
  /** By field: the answer, why not, or that it is taken away. */
  readonly results: ReadonlyMap<string, FileAnswer | Text | 'removed'>
  /** The form was sent to take a file away, not to go on. */
  readonly isRemoval: boolean
}

/** Takes the files of a page's fields; others that came along are left. */
export async function takeFiles(
  options: FormPagesOptions,
  { form, files }: FormRequest,
  { definition, draft, today }: OpenedDraft,
  page: FormPage,
): Promise<TakenFiles> {
  const values = standingOf(definition, draft.content, today).valuesFor(page)
  const scanning = {
    scanner: scannerOf(options),
    values,
    now: options.ground.clock(),
  }
  const added: NewFile[] = []
  const results = new Map<string, FileAnswer | Text | 'removed'>()
  const removed = form.get('remove-file')
  for (const field of page.fields.filter(({ type }) => type === 'file')) {
    if (removed === field.id) results.set(field.id, 'removed')
    const sent = files?.get(field.id)
    if (sent === undefined || removed === field.id) continue
    const taken = await takeFile(field, sent, scanning)
    if ('th' in taken) results.set(field.id, taken)
    else {
      added.push(taken)
      results.set(field.id, taken.answer)
    }
  }
  return { added, results, isRemoval: removed !== null }
}
