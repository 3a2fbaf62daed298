import type { ConsumerExchange } from '../../gateway/consumer/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { single } from '../../gateway/transport/headers.ts'
import { exchangeProblem } from '../../problems.ts'
import { mostAttachments } from '../attachments/attachment.ts'

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The attachments that go with the message (`Sapan-Attachments`): ids of what was uploaded, in order, each once. */
export const nameAttachments: Step<ConsumerExchange> = {
  name: 'nameAttachments',
  run({ request, queued }) {
    if (!queued) throw new Error('the message has no id')
    const named = single(request.headers, 'sapan-attachments')?.trim()
    const ids =
      named === undefined || named === '' ? [] : named.split(',').map((one) => one.trim().toLowerCase())
    if (ids.length > mostAttachments || new Set(ids).size < ids.length || !ids.every((one) => id.test(one))) {
      throw exchangeProblem('attachments-malformed')
    }
    queued.attachments = ids
    return ids.length === 0
      ? { th: 'ไม่มีไฟล์แนบ', en: 'No attachments' }
      : { th: `ไฟล์แนบ ${ids.length} ไฟล์`, en: `Attachments: ${ids.length}` }
  },
}
