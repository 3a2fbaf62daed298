import { randomBytes } from 'node:crypto'
import { timestampFromResponse, timestampRequest } from '@sapan/trust'
import type { Timestamping } from '../evidence/evidence.ts'
import type { ServiceAgent } from './transport/service-agent.ts'

/** A time-stamp authority that the directory names, asked by RFC 3161 §3.4. */
export function stampingOverHttp(url: string, agent: ServiceAgent): Timestamping {
  return {
    async stamp(digest, signal) {
      const query = timestampRequest(digest, { nonce: randomBytes(8).readBigUInt64BE() })
      const answer = await agent.post(url, 'application/timestamp-query', query, signal)
      if (answer.status !== 200) throw new Error(`the time-stamp authority answered ${answer.status}`)
      return timestampFromResponse(answer.body, query)
    },
  }
}
