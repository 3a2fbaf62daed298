import type { GatewayGround } from '../gateway/ground.ts'
import { continueTrace } from '../gateway/transport/trace.ts'
import { exchangeProblem } from '../problems.ts'

/**
 * Tells a member's own system something in JSON, at an address that the operator has named. Throws the Problem with which it could
 * not be reached, or `message-put-off` where it answers anything but 2xx.
 */
export async function tellSystem(
  { providers, settings, spillDirectory }: GatewayGround,
  url: string,
  { headers, body }: { headers: readonly string[]; body: Buffer },
): Promise<void> {
  const { origin, pathname } = new URL(url)
  const answer = await providers.request({
    origin,
    path: pathname,
    method: 'POST',
    headers: [
      ...['content-type', 'application/json', 'content-length', String(body.length)],
      ...['accept-encoding', 'identity', 'traceparent', continueTrace(undefined).parent],
      ...headers,
    ],
    body,
    timeoutMs: settings.timeouts.provider * 1000,
    limits: { ...settings.limits, spillDirectory },
  })
  await answer.body.dispose()
  const { status } = answer
  if (status < 200 || status >= 300) {
    throw exchangeProblem('message-put-off', { extensions: { answered: status } })
  }
}
