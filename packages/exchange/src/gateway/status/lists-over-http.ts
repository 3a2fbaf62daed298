import { Agent, request } from 'undici'
import type { FetchStatusList } from './keeper.ts'

const mostBytes = 512 * 1024

/** Asks issuers for their lists. Their TLS is the public web's: what counts is the signature on the list. */
export function statusListsOverHttp(): { fetch: FetchStatusList; close(): Promise<void> } {
  const agent = new Agent({ maxResponseSize: mostBytes, connect: { timeout: 3_000 } })
  return {
    fetch: async (uri, { etag, waitSeconds, signal }) => {
      const answer = await request(uri, {
        method: 'GET',
        dispatcher: agent,
        signal,
        headersTimeout: (waitSeconds + 5) * 1000,
        bodyTimeout: 5_000,
        headers: {
          accept: 'application/statuslist+jwt',
          ...(waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {}),
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
      })
      const text = await answer.body.text()
      if (answer.statusCode === 304) return undefined
      if (answer.statusCode !== 200) throw new Error(`the issuer answered ${answer.statusCode}`)
      return { jws: text.trim(), etag: answer.headers.etag?.toString() ?? '' }
    },
    close: () => agent.destroy(),
  }
}
