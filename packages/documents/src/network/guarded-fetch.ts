import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { CallError, type Fetch } from './call.ts'
import { isPublicAddress } from './public-address.ts'

/** Where calls may go whose addresses come out of files that anybody may have made. */
export interface NetworkRule {
  /** Hosts that have nothing but public addresses, at the ports of HTTP and HTTPS. */
  readonly public?: boolean
  /** These, wherever they are: `ocsp.example`, or with a port of their own `10.1.2.3:8080`. */
  readonly hosts?: readonly string[]
}

export interface HostAddress {
  readonly address: string
  readonly family: number
}

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly HostAddress[]>

const resolveAll: Resolve = (host) => lookup(host, { all: true })

/** One word for all of it: it must not tell who asks which names there are in this network. */
const refused = () => new CallError('refused', 'not found, or may not be asked from here')

/**
 * `fetch` for hostile addresses: HTTP only, to the places of the rule only, and to the very address that was looked at, so
 * that a name cannot mean another one a moment later. A redirection is answered as it is and never followed; no
 * compression is undone. Rejects with `CallError` of the kind `refused`.
 */
export function guardedFetch(rule: NetworkRule, resolve: Resolve = resolveAll): Fetch {
  return async (address, init) => {
    const url = allowedUrl(address)
    const addresses = await allowedAddresses(url, rule, resolve, init.signal)
    return send(url, addresses, init)
  }
}

function allowedUrl(address: string): URL {
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw refused()
  if (url.username !== '' || url.password !== '') throw refused()
  return url
}

async function allowedAddresses(
  url: URL,
  rule: NetworkRule,
  resolve: Resolve,
  signal: AbortSignal | null | undefined,
): Promise<readonly HostAddress[]> {
  const isNamed = rule.hosts?.some((host) => isHost(host.toLowerCase(), url)) ?? false
  const isUsualPort = url.port === '' || url.port === '80' || url.port === '443'
  if (!isNamed && !(rule.public === true && isUsualPort)) throw refused()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await found(resolve(host), signal)
  if (addresses.length === 0) throw refused()
  if (!isNamed && !addresses.every((one) => isPublicAddress(one.address))) throw refused()
  return addresses
}

/** `port` of a URL is empty where it is the one of its scheme. */
function isHost(host: string, { hostname, port, protocol }: URL): boolean {
  const at = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return host === `${hostname}:${at}` || (port === '' && host === hostname)
}

/** Looking up a name cannot be called off, but waiting for it can. */
async function found<T>(looking: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const looked = looking.catch(() => {
    throw refused()
  })
  return Promise.race([looked, aborted])
}

function send(url: URL, addresses: readonly HostAddress[], init: RequestInit): Promise<Response> {
  const { method = 'GET', body, headers, signal } = init
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      // No connection is used again, and no proxy of the environment is used.
      agent: false,
      lookup: (_host, options, done) => {
        const [first] = addresses
        if (options.all || !first) done(null, [...addresses])
        else done(null, first.address, first.family)
      },
      ...(signal ? { signal } : {}),
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const { statusCode: status = 0 } = incoming
      const isEmpty = status === 204 || status === 205 || status === 304
      try {
        resolve(new Response(isEmpty ? null : bodyOf(incoming), { status }))
      } catch (error) {
        incoming.destroy()
        reject(error)
      }
    })
    outgoing.end(body instanceof Uint8Array ? body : undefined)
  })
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterator<Uint8Array<ArrayBuffer>> = incoming[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (into) => {
      const { done, value } = await chunks.next()
      if (done) into.close()
      else into.enqueue(value)
    },
    cancel: () => void incoming.destroy(),
  })
}
