import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ConsumerExchange } from '../exchange.ts'
import { requestRecord } from '../records.ts'
import { consumerSubjects } from '../subjects.ts'

/**
 * What changes something is on our disk before it is sent: after a crash we still know that we may have done it.
 * A question is recorded together with its answer.
 */
export function recordIntent(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'recordIntent',
    async run(exchange) {
      if (exchange.matched.operation.safe) {
        return { th: 'คำขออ่านอย่างเดียว บันทึกพร้อมคำตอบ', en: 'It only reads: recorded with its answer' }
      }
      exchange.subjects = await consumerSubjects(ground, exchange)
      await ground.evidence.record([requestRecord(ground, exchange)])
      exchange.intentRecorded = true
      return { th: 'บันทึกเจตนาก่อนส่งแล้ว', en: 'The intent is recorded before it is sent' }
    },
  }
}
