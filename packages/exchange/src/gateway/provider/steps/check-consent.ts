import { exchangeProblem } from '../../../problems.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

/** A grant that needs the person's consent always denies, because nobody issues consent receipts yet. */
export const checkConsent: Step<ProviderExchange> = {
  name: 'checkConsent',
  run({ known }) {
    if (known?.grant.consent) throw exchangeProblem('consent-required')
    return { th: 'สิทธินี้ไม่ต้องขอความยินยอม', en: 'This grant needs no consent' }
  },
}
