import type { Text } from '@sapan/kernel'
import { checkConsentedSubjects } from '../../consent/check-subjects.ts'
import type { GatewayGround } from '../../ground.ts'
import type { Step } from '../../step.ts'
import type { ProviderExchange } from '../exchange.ts'

const noConsent: Text = { th: 'ไม่มีความยินยอมให้ตรวจ', en: 'There is no consent to be looked at' }

/** Under a consent, a request may be about nobody but the person who gave it. */
export function checkConsentSubject(ground: GatewayGround): Step<ProviderExchange> {
  return {
    name: 'checkConsentSubject',
    run({ consent, matched, target, body }) {
      if (consent === null) return noConsent
      const sources = { matched, query: target.query, request: body, answer: null }
      return checkConsentedSubjects(ground, consent.receipt, sources).then(() => ({
        th: 'ขอเฉพาะข้อมูลของผู้ให้ความยินยอม',
        en: 'It asks only about the person who consented',
      }))
    },
  }
}
