import { contentDigestOfBody } from '../../../src/index.ts'
import type { Country } from '../agencies.ts'
import type { Middleman } from '../middleman.ts'
import { somebody } from '../register.ts'
import { header, type WireMessage } from '../wire.ts'
import type { Attack } from './attack.ts'

type Altering = (message: WireMessage) => WireMessage

const withHeader = (message: WireMessage, name: string, change: (value: string) => string): WireMessage => ({
  ...message,
  headers: message.headers.map(([key, value]) => [key, key.toLowerCase() === name ? change(value) : value]),
})
const without = (message: WireMessage, name: string): WireMessage => ({
  ...message,
  headers: message.headers.filter(([key]) => key.toLowerCase() !== name),
})
const replaced = (message: WireMessage, body: Buffer): WireMessage =>
  withHeader({ ...message, body }, 'content-length', () => String(body.length))

/** What somebody between the gateways can do to an answer, and what the consumer's system is told then. */
const alterations: Readonly<Record<string, { told: string; alter: Altering }>> = {
  status: { told: 'answer-signature-invalid', alter: (answer) => ({ ...answer, status: 201 }) },
  body: {
    told: 'answer-digest-mismatch',
    alter: (answer) => replaced(answer, Buffer.from(answer.body.toString().replace('สมชาย', 'สมหญิง'))),
  },
  'body-and-digest': {
    told: 'answer-signature-invalid',
    alter: (answer) => {
      const body = Buffer.from('{"nationalId":"9"}')
      return withHeader(replaced(answer, body), 'content-digest', () => contentDigestOfBody(body))
    },
  },
  'signature-taken-out': {
    told: 'answer-signature-missing',
    alter: (answer) => without(answer, 'signature'),
  },
  'header-put-in': {
    told: 'answer-signature-invalid',
    alter: (answer) => ({ ...answer, headers: [...answer.headers, ['Sapan-Problem', 'no-grant']] }),
  },
  'cut-off': {
    told: 'gateway-connection-lost',
    alter: () => {
      throw new Error('cut')
    },
  },
}

const mark = 'altered-'

/** Has the middleman alter the answers to calls that are marked so, and those alone. */
export function alterMarked(middleman: Middleman): void {
  const marked = new Map<string, string>()
  middleman.onRequest = (message) => {
    const id = header(message, 'x-road-id') ?? ''
    if (id.startsWith(mark)) marked.set(header(message, 'sapan-exchange') ?? '', id.slice(mark.length))
    return message
  }
  middleman.onAnswer = (answer) => {
    const alteration = marked.get(header(answer, 'sapan-exchange') ?? '')
    return alteration === undefined ? answer : (alterations[alteration]?.alter(answer) ?? answer)
  }
}

/** Calls whose answer is altered on its way; the middleman has to be told so by `alterMarked`. */
export function attacksByMiddleman(country: Country): Attack[] {
  return Object.entries(alterations).map(([name, { told }]) => ({
    name: `middleman: ${name}`,
    told: [told],
    send: async () => {
      const answer = await country.ask(`/persons/${somebody}`, { headers: { 'x-road-id': mark + name } })
      const text = await answer.text()
      return /\(([a-z0-9-]+)\)","detail"/.exec(text)?.[1] ?? `${answer.status}`
    },
  }))
}
