import type { Country } from '../agencies.ts'
import { type Answering, answerPerson } from '../register.ts'
import type { Attack } from './attack.ts'

const json =
  (body: string): Answering =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  }

/** What a provider's system can do instead of answering, by the number of the person that is asked for. */
const misdeeds: Readonly<Record<string, { told: readonly string[]; answering: Answering }>> = {
  'no-json': { told: ['answer-not-json'], answering: json('สมชาย') },
  'twice-the-key': {
    told: ['answer-duplicate-keys'],
    answering: json('{"nationalId":"1","nationalId":"2"}'),
  },
  'beyond-reason-deep': { told: ['answer-too-deep'], answering: json('['.repeat(100_000)) },
  'too-large': { told: ['provider-answer-too-large'], answering: json(`{"x":"${'a'.repeat(1_200_000)}"}`) },
  'no-http': {
    told: ['provider-answer-invalid', 'provider-connection-lost'],
    answering: ({ socket }) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
  },
  'two-lengths': {
    told: ['provider-answer-invalid', 'provider-connection-lost'],
    answering: ({ socket }) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'),
  },
  'reset-at-once': { told: ['provider-connection-lost'], answering: ({ socket }) => socket.destroy() },
  'reset-in-the-middle': {
    told: ['provider-connection-lost'],
    answering: ({ socket }, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
      response.write('{"nationalId":"1"', () => socket.destroy())
    },
  },
  silent: { told: ['provider-timeout'], answering: () => {} },
}

/** The register as it answers to whom it has nothing against, and misbehaves to the rest. */
export const misbehaving: Answering = (request, response, body) => {
  const number = request.url?.split('/').at(-1) ?? ''
  const answering = misdeeds[number]?.answering ?? answerPerson
  answering(request, response, body)
}

/** Calls whose answer the provider's system spoils; the register has to be `misbehaving`. */
export function attacksOfProvider(country: Country): Attack[] {
  return Object.entries(misdeeds).map(([number, { told }]) => ({
    name: `provider: ${number}`,
    told,
    send: async () => {
      const answer = await country.ask(`/persons/${number}`)
      const text = await answer.text()
      return /\(([a-z0-9-]+)\)","detail"/.exec(text)?.[1] ?? `${answer.status}`
    },
  }))
}
