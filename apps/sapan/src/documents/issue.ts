import { dataAttachments, issueDocument, type RenderedDocument } from '@sapan/documents'
import { systemClock } from '@sapan/kernel'
import { readInput, readJsonInput } from './files.ts'
import { acceptData, templateNamed } from './templates.ts'

export interface IssueChoice {
  /** A file of JSON; the template's sample where it is absent. */
  readonly data?: string
  readonly draft?: boolean
  /** A file with the agency's emblem. */
  readonly emblem?: string
  readonly checkAddress?: string
}

/**
 * The document of that template, with its data inside. Throws `template-unknown`, `document-data-invalid`,
 * `input-unreadable`, and as `issueDocument` does.
 */
export async function issueFromTemplate(name: string, choice: IssueChoice): Promise<RenderedDocument> {
  const ready = templateNamed(name)
  const data = choice.data === undefined ? ready.template.sample : await readJsonInput(choice.data)
  acceptData(ready, data)
  const created = systemClock()
  const setting = {
    created,
    ...(choice.draft && { draft: true }),
    ...(choice.emblem && { emblem: await readInput(choice.emblem) }),
    ...(choice.checkAddress && { checkAddress: choice.checkAddress }),
  }
  const attachments = dataAttachments(ready.template, data, created)
  return issueDocument(ready.describe(data, setting, attachments))
}
