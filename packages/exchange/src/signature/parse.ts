import { type ComponentList, uncovered } from './component-list.ts'
import { type Field, mustBeCovered, type SignedMessage } from './message.ts'
import { aboutHeader, inputOf, refusal } from './refusal.ts'
import { canonicalAuthority } from './sign.ts'
import { isWellFormed, signableValue } from './signature-base.ts'
import { readSignature } from './signature-input.ts'

/** Header names and values in turn, as `node:http` has them in `rawHeaders`. */
export type RawHeaders = readonly string[]

type MessageStart = Omit<SignedMessage, 'fields' | 'signatureInput' | 'signature'>

/**
 * Takes a request apart as far as its signature covers it; the signature itself is checked by `verifySigned`.
 * Throws Problem `signature-missing`, `signature-malformed`, `signature-algorithm-unsupported`, `digest-missing`,
 * `covered-header-missing`, `covered-header-unsigned`, `covered-header-duplicate` or `header-malformed`.
 */
export function parseSignedRequest(
  method: string,
  authority: string,
  rawTarget: string,
  rawHeaders: RawHeaders,
): SignedMessage {
  const mark = rawTarget.indexOf('?')
  const start: MessageStart = {
    kind: 'request',
    method,
    authority: canonicalAuthority(authority),
    path: mark === -1 ? rawTarget : rawTarget.slice(0, mark),
    query: mark === -1 ? '?' : rawTarget.slice(mark),
    status: null,
    request: null,
  }
  return withSignature(start, rawHeaders)
}

/**
 * Takes an answer apart as `parseSignedRequest` does a request. Throws Problem `answer-signature-missing` or
 * `answer-signature-invalid`: whatever is wrong with an answer lies beyond the gateway that reads it.
 */
export function parseSignedAnswer(
  status: number,
  rawHeaders: RawHeaders,
  request: SignedMessage,
): SignedMessage {
  const start: MessageStart = {
    kind: 'answer',
    method: '',
    authority: '',
    path: '',
    query: '',
    status,
    request: { signatureInput: request.signatureInput, signature: request.signature },
  }
  return withSignature(start, rawHeaders)
}

function withSignature(start: MessageStart, rawHeaders: RawHeaders): SignedMessage {
  const { kind } = start
  const headers = received(rawHeaders)
  const signatureInput = headers.values.get('signature-input')
  const signature = headers.values.get('signature')
  if (signatureInput === undefined || signature === undefined) throw refusal(kind, 'signature-missing')
  if (headers.repeated.some((name) => name.startsWith('signature')))
    throw refusal(kind, 'signature-malformed')
  const { components } = inputOf(kind, signatureInput)
  if (components.kind !== kind || readSignature(signature) === undefined)
    throw refusal(kind, 'signature-malformed')
  if (!headers.values.has('content-digest')) throw refusal(kind, 'digest-missing')
  const unsigned = uncovered(headers.values.keys(), components)
  if (unsigned !== undefined) throw aboutHeader(kind, 'covered-header-unsigned', unsigned)
  refuseRepeated(kind, headers.repeated, components)
  const message = { ...start, fields: coveredFields(kind, components, headers), signatureInput, signature }
  if (!isWellFormed(message)) throw refusal(kind, 'signature-malformed')
  return message
}

/** All headers by lower-case name, and the names that came several times. */
interface Received {
  readonly values: ReadonlyMap<string, string>
  readonly repeated: readonly string[]
}

function received(rawHeaders: RawHeaders): Received {
  const values = new Map<string, string>()
  const repeated: string[] = []
  for (let n = 0; n + 1 < rawHeaders.length; n += 2) {
    const name = (rawHeaders[n] ?? '').toLowerCase()
    if (values.has(name)) repeated.push(name)
    else values.set(name, rawHeaders[n + 1] ?? '')
  }
  return { values, repeated }
}

function refuseRepeated(
  kind: SignedMessage['kind'],
  names: readonly string[],
  { covered }: ComponentList,
): void {
  for (const name of names) {
    if (mustBeCovered(name) || covered.has(name)) {
      throw aboutHeader(kind, 'covered-header-duplicate', name)
    }
  }
}

function coveredFields(kind: SignedMessage['kind'], { names }: ComponentList, headers: Received): Field[] {
  return names.map((name): Field => {
    const received = headers.values.get(name)
    if (received === undefined) throw aboutHeader(kind, 'covered-header-missing', name)
    const value = signableValue(received)
    if (value === undefined) throw aboutHeader(kind, 'header-malformed', name)
    return [name, value]
  })
}
