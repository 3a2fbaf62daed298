import type { Text } from '@sapan/kernel'
import { checkConsentedSubjects } from '../../consent/check-subjects.ts'
import { checkStanding } from '../../consent/verify-consent.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

const noConsent: Text = { th: 'ไม่มีความยินยอมให้ตรวจ', en: 'There is no consent to be looked at' }

/**
 * Under a consent, an answer leaves only where it is about nobody else, and where the consent was not withdrawn while the
 * agency's system was at work.
 */
export function checkConsentedAnswer(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkConsentedAnswer',
    run(exchange) {
      return exchange.consent === null ? noConsent : checked(ground, exchange)
    },
  }
}

async function checked(ground: GatewayGround, exchange: ProviderExchange): Promise<Text> {
  const { consent, matched, target, body, received } = exchange
  if (consent === null) return noConsent
  const sources = { matched, query: target.query, request: body, answer: received.body }
  await checkConsentedSubjects(ground, consent.receipt, sources)
  await checkStanding(ground, consent.receipt)
  return { th: 'คำตอบมีเฉพาะผู้ให้ความยินยอม', en: 'The answer is only about the person who consented' }
}
