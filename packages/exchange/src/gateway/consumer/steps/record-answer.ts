import { answerNamesSubjects } from '../../evidence-subjects.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ConsumerExchange } from '../exchange.ts'
import { presentFields } from '../present-fields.ts'
import { answerRecord, requestRecord } from '../records.ts'
import { consumerSubjects } from '../subjects.ts'

/** The caller gets its answer only after the evidence of it is on our disk. */
export function recordAnswer(ground: GatewayGround): Step<ConsumerExchange> {
  return {
    name: 'recordAnswer',
    async run(exchange) {
      if (!exchange.intentRecorded || answerNamesSubjects(exchange.matched)) {
        exchange.subjects = await consumerSubjects(ground, exchange)
      }
      exchange.fields = await presentFields(ground, exchange)
      const answer = answerRecord(ground, exchange)
      const records = exchange.intentRecorded ? [answer] : [requestRecord(ground, exchange), answer]
      await ground.evidence.record(records)
      return { th: 'บันทึกหลักฐานแล้ว', en: 'The evidence is recorded' }
    },
  }
}
