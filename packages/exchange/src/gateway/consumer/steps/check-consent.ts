import { exchangeProblem } from '../../../problems.ts'
import type { Step } from '../../step.ts'
import type { ConsumerExchange } from '../exchange.ts'

/** A grant that needs the person's consent always denies, because nobody issues consent receipts yet. */
export const checkConsent: Step<ConsumerExchange> = {
  name: 'checkConsent',
  run({ known: { grant } }) {
    if (grant.consent) throw exchangeProblem('consent-required')
    return { th: 'สิทธินี้ไม่ต้องขอความยินยอม', en: 'This grant needs no consent' }
  },
}
