import { createHmac } from 'node:crypto'
import { Agent, request } from 'undici'
import type { AlertChannel } from './channel.ts'

const connectMs = 3_000
const answerMs = 10_000

/**
 * Posts events as Standard Webhooks: signed with HMAC-SHA-256 over number, time and body. It follows no redirect, and
 * anything but 2xx was not taken.
 */
export function alertWebhook(
  url: string,
  secret: Buffer,
  clock: () => number,
): AlertChannel & { close(): Promise<void> } {
  const agent = new Agent({ maxResponseSize: 64 * 1024, connect: { timeout: connectMs } })
  return {
    name: 'webhook',
    async send(id, news) {
      const body = JSON.stringify(news)
      const time = String(Math.floor(clock() / 1000))
      const signature = createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': time,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        headersTimeout: answerMs,
        bodyTimeout: answerMs,
      })
      await answer.body.dump()
      const { statusCode } = answer
      if (statusCode < 200 || statusCode >= 300) throw new Error(`it answered ${statusCode}`)
    },
    close: () => agent.destroy(),
  }
}
