import type { Text } from '@sapan/kernel'
import { exchangeProblem } from '../../../problems.ts'
import { verifyConsent } from '../../consent/verify-consent.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import { single } from '../../transport/headers.ts'
import type { ProviderExchange } from '../exchange.ts'

const notNeeded: Text = { th: 'สิทธินี้ไม่ต้องขอความยินยอม', en: 'This grant needs no consent' }

/**
 * A grant that needs the person's consent is used only with its receipt in `Sapan-Consent`. A receipt that nobody needs
 * must be good as well: evidence would say that there was a consent.
 */
export function checkConsent(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkConsent',
    run(exchange) {
      const { known } = exchange
      if (!known) throw new Error('there is no grant')
      const { grant } = known
      const jws = single(exchange.headers, 'sapan-consent')
      if (jws === undefined) {
        if (grant.consent) throw exchangeProblem('consent-required')
        return notNeeded
      }
      const { client: consumer, target, matched } = exchange
      const call = { grant, operation: matched.operation.id, consumer, service: target.service }
      return verifyConsent(ground, jws, call).then((consent) => {
        exchange.consent = consent
        const { id } = consent.receipt
        return { th: `ความยินยอม ${id} ครอบคลุมคำขอนี้`, en: `The consent ${id} covers this call` }
      })
    },
  }
}
