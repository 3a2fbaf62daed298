import { type Country, client, service } from '../agencies.ts'
import { sendRaw } from '../raw.ts'
import type { Attack } from './attack.ts'

/** The person of whom nobody but an attacker asks: whoever finds the number in the register's journal has found a leak. */
export const attacked = '1234567890199'

const person = `/r1/${service}/persons/${attacked}`
const photo = `/r1/${service}/photos/${attacked}`
const caller = `X-Road-Client: ${client}\r\n`

/** What a system of the consumer's own, or somebody who reached its port, can send to the edge. */
export function attacksAtEdge(country: Country): Attack[] {
  const bytes = (name: string, told: readonly string[], text: string): Attack => ({
    name: `edge: ${name}`,
    told,
    send: async () => (await sendRaw(country.rd.edge, text)).code || 'ended',
  })
  const get = (target: string, headers = caller) =>
    `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`
  const post = (headers: string, body: string) =>
    `POST ${photo} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${caller}${headers}\r\n${body}`
  const twoReadings = ['request-smuggling', 'request-malformed']
  return [
    bytes('no client', ['client-header-missing'], get(person, '')),
    bytes('two clients', ['client-header-duplicate'], get(person, `${caller}${caller}`)),
    bytes(
      'another member’s subsystem',
      ['client-unknown'],
      get(person, 'X-Road-Client: TH/GOV/DOPA/main\r\n'),
    ),
    bytes(
      'a subsystem that nobody has',
      ['client-unknown'],
      get(person, 'X-Road-Client: TH/GOV/RD/nothing\r\n'),
    ),
    bytes('a member that nobody is', ['member-unknown'], get('/r1/TH/GOV/NOBODY/main/person-v1/persons/1')),
    bytes('a service that nobody has', ['service-unknown'], get('/r1/TH/GOV/DOPA/main/nothing-v1/persons/1')),
    bytes('an operation that nobody has', ['operation-unknown'], get(`/r1/${service}/nothing`)),
    bytes(
      'a parameter that was not granted',
      ['query-not-granted'],
      get(`/r1/${service}/persons?born=${attacked}`),
    ),
    bytes('dot segments', ['path-malformed'], get(`/r1/${service}/persons/../photos/${attacked}`)),
    bytes('dot segments in disguise', ['path-malformed'], get(`/r1/${service}/persons/%2e%2e/${attacked}`)),
    bytes('a header within the path', ['path-malformed'], get(`${person}%0d%0aX-Road-Client:%20x`)),
    bytes(
      'a header within a header',
      ['request-malformed'],
      get(person, `${caller}X-Mine: a\rX-Road-Client: b\r\n`),
    ),
    bytes('a header twice', ['header-duplicate'], get(person, `${caller}X-Mine: a\r\nX-Mine: b\r\n`)),
    bytes(
      'headers without end',
      ['headers-too-large'],
      get(person, `${caller}X-Mine: ${'a'.repeat(40_000)}\r\n`),
    ),
    bytes(
      'both lengths',
      twoReadings,
      post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    ),
    bytes('two lengths', twoReadings, post('Content-Length: 4\r\nContent-Length: 5\r\n', 'abcd')),
    bytes(
      'chunks that are none',
      twoReadings,
      post('Transfer-Encoding: chunked\r\n', 'x\r\nab\r\n0\r\n\r\n'),
    ),
    bytes(
      'a body over the limit',
      ['body-too-large'],
      post('Content-Length: 99000000\r\n', 'a'.repeat(300_000)),
    ),
    bytes('no HTTP', ['request-malformed'], '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
    bytes('slow headers', ['request-timeout'], `GET ${person} HTTP/1.1\r\nHost: x\r\nX-Road-`),
    {
      name: 'edge: gone in the middle of a body',
      told: ['request-incomplete'],
      send: async () => {
        const part = `${post('Content-Length: 2500000\r\n', '')}${'a'.repeat(600_000)}`
        return (await sendRaw(country.rd.edge, part, { thenEnd: true }).catch(() => null))?.code || 'ended'
      },
    },
  ]
}
