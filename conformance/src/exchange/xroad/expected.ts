import { answerTo, type Example, withHeaders } from './examples.ts'
import type { Played } from './replay.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Throws unless the two are the same. */
export function same(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`)
}

/** Request and answer passed as they were, and X-Road's headers are right (§4.3). */
export function passesWhole(
  example: Example,
  { answered, arrived }: Played,
  { client, service }: { readonly client: string; readonly service: string },
): void {
  const { status, headers, body } = answered
  const given = answerTo(example)
  same('the status', status, given.status)
  same('the body', Buffer.from(body, 'base64').toString('utf8'), given.body)
  for (const name of ['content-type', 'location']) same(name, headers[name], given.headers[name])
  same('x-road-client', headers['x-road-client'], client)
  same('x-road-service', headers['x-road-service'], service)
  same('x-road-request-hash', headers['x-road-request-hash'], answered.hash)
  same('x-road-error', headers['x-road-error'], undefined)
  same('server', headers.server, undefined)
  for (const name of ['x-road-id', 'x-road-request-id'])
    if (!uuid.test(headers[name] ?? '')) throw new Error(`${name} is ${headers[name]}`)
  if (Number.isNaN(Date.parse(headers.date ?? ''))) throw new Error('there is no Date')
  same('the method at the provider', arrived?.method, example.method)
  same('the target at the provider', arrived?.target, example.path)
  same(
    'the body at the provider',
    arrived?.body.toString('base64'),
    (example.body ?? Buffer.alloc(0)).toString('base64'),
  )
  const type = example.headers.find(([name]) => name === 'Content-Type')?.[1]
  same('the content type at the provider', arrived?.headers.get('content-type'), type)
}

/** §4.3: what is passed unmodified, and what is left out. */
export function keepsHeaders({ answered, arrived }: Played): void {
  const sent = new Map(withHeaders.headers.map(([name, value]) => [name.toLowerCase(), value]))
  same('x-road-id of the answer', answered.headers['x-road-id'], sent.get('x-road-id'))
  same('x-road-request-hash', answered.headers['x-road-request-hash'], answered.hash)
  for (const name of ['accept', 'x-road-id', 'x-road-userid', 'x-road-issue', 'x-pingback'])
    same(`${name} at the provider`, arrived?.headers.get(name), sent.get(name))
  for (const name of ['user-agent', 'x-road-request-hash'])
    if (arrived?.headers.get(name) === sent.get(name)) throw new Error(`the provider got ${name}`)
  same('the target at the provider', arrived?.target, withHeaders.path)
}

/** §4.3: `application/json` is asked for where the client says nothing. */
export function makesHeaders({ answered, arrived }: Played): void {
  if (!uuid.test(answered.headers['x-road-id'] ?? '')) throw new Error('no X-Road-Id was made')
  same('x-road-id at the provider', arrived?.headers.get('x-road-id'), answered.headers['x-road-id'])
  same('accept at the provider', arrived?.headers.get('accept'), 'application/json')
  same('x-road-request-hash', answered.headers['x-road-request-hash'], answered.hash)
}
