import { Problem } from '@sapan/kernel'
import { exchangeProblem, exchangeProblems } from '../../problems.ts'

/** Header names and values as they came: lower-case names, in order, duplicates kept. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** Reads node's `rawHeaders`, which keep duplicates that its own object silently folds or drops. */
export function headerList(rawHeaders: readonly string[]): HeaderList {
  const list: [string, string][] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    list.push([(rawHeaders[i] ?? '').toLowerCase(), rawHeaders[i + 1] ?? ''])
  }
  return list
}

/** The first value of a header in node's `rawHeaders`. node's own object of them all is costly to look into once. */
export function rawValue(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const given = rawHeaders[i] ?? ''
    if (given.length === name.length && given.toLowerCase() === name) return rawHeaders[i + 1]
  }
  return undefined
}

/** The one value of a header, or undefined. Throws `header-duplicate` when it is there more than once. */
export function single(headers: HeaderList, name: string): string | undefined {
  let found: string | undefined
  for (const [key, value] of headers) {
    if (key !== name) continue
    if (found !== undefined) throw duplicate(name)
    found = value
  }
  return found
}

function duplicate(name: string): Problem {
  const type =
    name === 'x-road-client'
      ? exchangeProblems['client-header-duplicate']
      : exchangeProblems['header-duplicate']
  return new Problem(type, {
    detail: {
      th: `พบเฮดเดอร์ ${name} มากกว่าหนึ่งครั้ง`,
      en: `The header ${name} is there more than once`,
    },
  })
}

/** What belongs to one connection, to the transport, or to the caller's own client: never sent on (RFC 9110 §7.6.1). */
const notForwarded = new Set([
  'accept-encoding',
  'authorization',
  'connection',
  'content-digest',
  'content-length',
  'cookie',
  'date',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'server',
  'signature',
  'signature-input',
  'te',
  'trailer',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
])

/** Every forwarded header is named in the signature, whose input has a bounded length. */
const mostForwarded = 48

/** Ours to set: a caller's own value of these is dropped or read by its step, never passed through. */
const ownedByGateways = /^(sapan-|x-road-request-|x-road-service$|x-road-error$|x-forwarded-)/

/**
 * The end-to-end headers of a caller's request, to be signed and sent on. A header that is there twice is
 * refused: the two sides could read it differently.
 */
export function forwardedRequestHeaders(headers: HeaderList): [string, string][] {
  const named = new Set(connectionNamed(headers))
  const kept: [string, string][] = []
  const seen = new Set<string>()
  for (const [name, value] of headers) {
    if (notForwarded.has(name) || ownedByGateways.test(name) || named.has(name)) continue
    if (seen.has(name)) throw duplicate(name)
    seen.add(name)
    kept.push([name, value])
  }
  if (seen.size > mostForwarded) throw exchangeProblem('headers-too-large')
  return kept
}

/** What a provider's system is told of the exchange beside the X-Road headers. */
const toldToProviders = new Set(['sapan-exchange', 'sapan-purpose', 'sapan-sender', 'sapan-service'])

/** What says how a message is written, and in which form and language an answer is wanted (RFC 9110 §8, §12; RFC 7240). */
const aboutTheMessage = new Set([
  'accept',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'prefer',
])

/** Of a change: carried out only while nothing else was changed (RFC 9110 §13.1). */
const beforeChanges = new Set(['if-match', 'if-unmodified-since'])
/** Of a question: what these make of an answer tells of the whole of it, whichever fields were granted. */
const aboutTheWhole = new Set(['if-none-match', 'if-modified-since', 'if-range', 'range'])

/** What decides which headers a provider's system gets. */
export interface AskedOperation {
  readonly safe: boolean
  /** Names, lower-case, of the header parameters that the service describes. */
  readonly headerParameters: readonly string[]
  /** Whether every field of its answer was granted. */
  readonly isWhole: boolean
}

/**
 * The headers of a verified message that go on to the provider's system: what the service describes as its parameters, X-Road's
 * own, and those that say how the message is written. No others: many a framework takes a method, an address or a user from a
 * header (`X-HTTP-Method-Override`, `X-Original-URL`, `X-Remote-User`), and that is for no grant to allow unseen.
 */
export function providerRequestHeaders(
  covered: HeaderList,
  { safe, headerParameters, isWhole }: AskedOperation,
): [string, string][] {
  const isTaken = (name: string): boolean =>
    toldToProviders.has(name) ||
    (!notForwarded.has(name) &&
      !ownedByGateways.test(name) &&
      (name.startsWith('x-road-') ||
        aboutTheMessage.has(name) ||
        headerParameters.includes(name) ||
        (!safe && beforeChanges.has(name)) ||
        (isWhole && aboutTheWhole.has(name))))
  return covered.filter(([name]) => isTaken(name)) as [string, string][]
}

/** Headers that `Connection` names belong to that connection alone (RFC 9110 §7.6.1). */
function connectionNamed(headers: HeaderList): string[] {
  const values = headers.filter(([name]) => name === 'connection').map(([, value]) => value)
  return values.flatMap((value) => value.split(',').map((token) => token.trim().toLowerCase()))
}

const answerHeaders = new Set(['allow', 'content-language', 'content-type', 'retry-after'])

/** The provider's answer headers that may leave: a fixed few, and what the grant names. */
export function grantedAnswerHeaders(headers: HeaderList, granted: readonly string[]): [string, string][] {
  const allowed = new Set(granted.map((name) => name.toLowerCase()))
  const kept = new Map<string, string>()
  for (const [name, value] of headers) {
    if (
      !answerHeaders.has(name) &&
      (!allowed.has(name) || notForwarded.has(name) || ownedByGateways.test(name))
    ) {
      continue
    }
    if (!kept.has(name) && /^[\x20-\x7e\t]*$/.test(value)) kept.set(name, value)
  }
  return [...kept]
}
