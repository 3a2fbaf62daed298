import { dataAttachments, issueDocument } from '@sapan/documents'
import type { ServicesGround } from '../ground.ts'
import type { OutputRecord } from '../store/outputs.ts'

/**
 * The document of frozen data, unsigned: the same bytes whenever it is drawn. `isSealed`: by the agency only, without a
 * box for an officer's signature. Throws as `issueDocument`.
 */
export async function drawOutput(
  { templates, portal }: Pick<ServicesGround, 'templates' | 'portal'>,
  template: string,
  { data, createdAt }: Pick<OutputRecord, 'data' | 'createdAt'>,
  isSealed: boolean,
): Promise<Uint8Array> {
  const ready = templates.get(template)
  if (ready === undefined) throw new RangeError(`there is no template ${template}`)
  const setting = { created: createdAt, checkAddress: `${portal}/check`, isSealed }
  const attachments = dataAttachments(ready.template, data, createdAt)
  const { bytes } = await issueDocument(ready.describe(data, setting, attachments))
  return bytes
}
