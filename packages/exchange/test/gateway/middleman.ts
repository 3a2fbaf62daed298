import https from 'node:https'
import { close } from './closing.ts'
import type { TestGateway } from './country.ts'
import { pairs, sendTo, type WireMessage } from './wire.ts'

/** Someone who holds both sides' TLS keys and stands between them; what is not told otherwise passes unchanged. */
export interface Middleman {
  /** The message as it goes on to the provider. */
  onRequest: (message: WireMessage) => WireMessage
  /** The answer as it goes back to the consumer. */
  onAnswer: (answer: WireMessage) => WireMessage
  /** What last came from the provider, before it was altered. */
  lastAnswer: WireMessage | undefined
  reset(): void
  close(): Promise<void>
}

export async function startMiddleman(consumer: TestGateway, provider: TestGateway): Promise<Middleman> {
  const { key, cert } = provider.membership.tls()
  const unchanged = (message: WireMessage) => message
  const middleman: Middleman = {
    onRequest: unchanged,
    onAnswer: unchanged,
    lastAnswer: undefined,
    reset: () => {
      middleman.onRequest = unchanged
      middleman.onAnswer = unchanged
      middleman.lastAnswer = undefined
    },
    close: () => close(server),
  }
  const server = https.createServer(
    { key, cert, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false },
    async (request, response) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk)
        const message = middleman.onRequest({
          method: request.method ?? '',
          target: request.url ?? '',
          status: 0,
          headers: pairs(request.rawHeaders),
          body: Buffer.concat(chunks),
        })
        const answer = await sendTo(provider.peerListens, consumer.membership.tls(), message)
        middleman.lastAnswer = { ...answer, headers: [...answer.headers] }
        const altered = middleman.onAnswer(answer)
        response.writeHead(altered.status, altered.headers.flat()).end(altered.body)
      } catch {
        response.destroy()
      }
    },
  )
  await new Promise<void>((resolve) =>
    server.listen(Number(new URL(provider.peer).port), '127.0.0.1', resolve),
  )
  return middleman
}
