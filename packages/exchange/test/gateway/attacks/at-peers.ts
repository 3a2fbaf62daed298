import { randomBytes } from 'node:crypto'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { linkProtocol } from '../../../src/gateway/link/links.ts'
import type { Country } from '../agencies.ts'
import { type Crafted, codeOf, craft, issued, sendTo, type WireMessage } from '../wire.ts'
import { attacked } from './at-edge.ts'
import type { Attack } from './attack.ts'

type Sent = Omit<WireMessage, 'status'>

/** What another gateway, or somebody who has stolen its TLS key, or nobody of the country at all can send to the provider's. */
export function attacksAtPeers(country: Country): Attack[] {
  const foreign = issued(country)
  const seconds = () => Math.floor(Date.now() / 1000)
  const sends = (
    name: string,
    told: string,
    message: () => Sent,
    identity: () => Parameters<typeof sendTo>[1] = () => country.rd.membership.tls(),
  ): Attack => ({
    name: `peers: ${name}`,
    told: [told],
    send: async () => codeOf(await sendTo(country.dopa.peer, identity(), message())),
  })
  const ofAttacked = (crafted: Crafted = {}) => craft(country, { path: `/persons/${attacked}`, ...crafted })
  const header = (message: Sent, name: string, change: (value: string) => string): Sent => ({
    ...message,
    headers: message.headers.map(([key, value]) => [key, key === name ? change(value) : value]),
  })
  const without = (message: Sent, names: readonly string[]): Sent => ({
    ...message,
    headers: message.headers.filter(([key]) => !names.includes(key)),
  })
  const upload = (): Sent =>
    craft(country, { method: 'POST', path: `/photos/${attacked}`, body: randomBytes(400_000) })
  return [
    replayed(country),
    sends('path altered', 'signature-invalid', () => ({ ...craft(country), target: ofAttacked().target })),
    sends('query put in', 'signature-invalid', () => {
      const message = ofAttacked()
      return { ...message, target: `${message.target}?family=x` }
    }),
    sends('method altered', 'signature-invalid', () => ({ ...ofAttacked(), method: 'PUT' })),
    sends('grant altered', 'signature-invalid', () =>
      header(ofAttacked(), 'sapan-grant', () => '0'.repeat(64)),
    ),
    sends('body altered', 'digest-mismatch', () => ({ ...upload(), body: randomBytes(400_000) })),
    sends('signature taken out', 'signature-missing', () =>
      without(ofAttacked(), ['signature', 'signature-input']),
    ),
    sends('signed by a key that nobody knows', 'signature-key-unknown', () =>
      ofAttacked({ speaker: { signer: foreign.signer, keyId: '0'.repeat(64) } }),
    ),
    sends('from the future', 'message-from-future', () => ofAttacked({ created: seconds() + 30 })),
    sends('stale', 'message-stale', () => ofAttacked({ created: seconds() - 120 })),
    sends('a grant that never was', 'no-grant', () =>
      ofAttacked({ fields: { 'sapan-grant': '0'.repeat(64) } }),
    ),
    sends('for another receiver', 'message-for-another', () =>
      ofAttacked({ fields: { 'sapan-receiver': 'TH/GOV/RD' } }),
    ),
    sends('no certificate', 'peer-certificate-missing', ofAttacked, () => null),
    sends('a certificate that is not listed', 'peer-certificate-unknown', ofAttacked, () => foreign),
    ends(country, 'bytes instead of TLS', (socket) => socket.write(randomBytes(300)), overTcp),
    ends(
      country,
      'a link by nobody',
      () => {},
      (at) => overTls(at),
    ),
    ends(
      country,
      'a frame without end on a link',
      (socket) => socket.write(Buffer.from('ffffffff01010000000100', 'hex')),
      (at) => overTls(at, country.rd.membership.tls()),
    ),
    ends(
      country,
      'bytes on a link, then half of it closed',
      (socket) => socket.end(randomBytes(200)),
      (at) => overTls(at, country.rd.membership.tls()),
    ),
  ]
}

/** A change that is carried out once, and sent two times more. */
function replayed(country: Country): Attack {
  return {
    name: 'peers: replayed',
    told: ['200, message-replayed, message-replayed'],
    send: async () => {
      const message = craft(country, { method: 'PUT', body: '{}' })
      const said: string[] = []
      for (let n = 0; n < 3; n++) {
        const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
        said.push(answer.status === 200 ? '200' : codeOf(answer))
      }
      return said.join(', ')
    },
  }
}

interface Where {
  readonly host: string
  readonly port: number
}

const overTcp = (at: Where): Socket => connectTcp(at)
const overTls = (at: Where, identity: object = {}): Socket =>
  connectTls({ ...at, rejectUnauthorized: false, ALPNProtocols: [linkProtocol], ...identity })

/** What gets no answer but the end of its connection. */
function ends(
  country: Country,
  name: string,
  write: (socket: Socket) => void,
  open: (at: Where) => Socket,
): Attack {
  return {
    name: `peers: ${name}`,
    told: ['ended'],
    send: () =>
      new Promise((resolve) => {
        const socket = open({ host: '127.0.0.1', port: Number(new URL(country.dopa.peer).port) })
        socket.on('error', () => {})
        socket.setTimeout(20_000, () => {
          resolve('still open after 20 s')
          socket.destroy()
        })
        socket.once('close', () => resolve('ended'))
        socket.once(open === overTcp ? 'connect' : 'secureConnect', () => write(socket))
        socket.resume()
      }),
  }
}
