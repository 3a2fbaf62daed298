import { Problem } from '@sapan/kernel'
import type { SiteRoute } from '@sapan/ui'
import { paymentsProblems } from '../problems.ts'
import { signatureHeader } from './signature.ts'
import type { BankDoor } from './take.ts'

/** Where the bank tells of money: on the portal's site, for machines. */
export const bankPath = '/payments/bank'

/**
 * `POST /payments/bank`: JSON of a `BankMessage` with the header `Bank-Signature`. 200 with what it led to, once that
 * is stored; the bank asks again with a new signature until it gets it.
 */
export function bankRoute<Who, Need>(door: BankDoor): SiteRoute<Who, Need> {
  return {
    method: 'POST',
    path: bankPath,
    machine: true,
    async handle({ body, raw }) {
      if (body === undefined) throw new Problem(paymentsProblems['bank-message-malformed'])
      const signature = raw?.request.headers[signatureHeader]
      const taken = await door.take(body, typeof signature === 'string' ? signature : undefined)
      return { kind: 'file', contentType: 'application/json', body: JSON.stringify(taken) }
    },
  }
}
