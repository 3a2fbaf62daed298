import type { Text } from '@sapan/kernel'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { ProviderExchange } from '../../gateway/provider/exchange.ts'
import type { Step } from '../../gateway/step.ts'
import { exchangeProblem } from '../../problems.ts'
import { askedValues } from '../derive.ts'

const noQuestion: Text = { th: 'ไม่ใช่คำถาม', en: 'It is no question' }

/**
 * A question is whole before the register is asked, and is not asked again and again about one person: twenty answers to
 * "below this amount?" are the amount.
 */
export function checkQuestion(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkQuestion',
    run(exchange) {
      const { matched, target, known, subjects } = exchange
      const { question, id } = matched.operation
      if (question === null) return noQuestion
      exchange.asked = askedValues(question, target.query)
      for (const subject of subjects) {
        const key = `${known?.hash} ${id} ${subject.toString('base64url')}`
        const retryAfter = ground.questionRates.waitFor(key, question.perPerson)
        if (retryAfter > 0) throw exchangeProblem('question-asked-too-often', { extensions: { retryAfter } })
      }
      return { th: 'คำถามครบถ้วน', en: 'The question is whole' }
    },
  }
}
