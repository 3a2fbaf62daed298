import { dataAttachments, issueDocument } from '@sapan/documents'
import type { ServicesGround } from '../ground.ts'
import type { OutputRecord } from '../store/outputs.ts'

/**
 * The document of frozen data, unsigned: the same bytes whenever it is drawn. `signatures`: of how many officers,
 * each with a box; none where the agency seals it. Throws as `issueDocument`.
 */
export async function drawOutput(
  { templates, portal }: Pick<ServicesGround, 'templates' | 'portal'>,
  template: string,
  { data, createdAt }: Pick<OutputRecord, 'data' | 'createdAt'>,
  signatures: number,
): Promise<Uint8Array> {
  const ready = templates.get(template)
  if (ready === undefined) throw new RangeError(`there is no template ${template}`)
  const setting = { created: createdAt, checkAddress: `${portal}/check`, signatures }
  const attachments = dataAttachments(ready.template, data, createdAt)
  const { bytes } = await issueDocument(ready.describe(data, setting, attachments))
  return bytes
}
