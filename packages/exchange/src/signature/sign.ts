import type { Signer } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import { formatComponents, readComponents } from './component-list.ts'
import { type Field, type SignedMessage, signatureLabel, signatureTag } from './message.ts'
import { baseOf, isSignableName, isWellFormed, signableValue } from './signature-base.ts'
import { formatParameters, keyIdPattern, noncePattern, type SignatureParameters } from './signature-input.ts'
import { signTree } from './tree-signature.ts'

/** The headers to be covered, by name and value, in any order. Must have Content-Digest. */
export type HeadersToSign = readonly (readonly [name: string, value: string])[]

export interface RequestParts {
  readonly method: string
  /** `host:port` of the receiving gateway. */
  readonly authority: string
  /** Raw path. */
  readonly path: string
  /** Raw query, with or without its `?`. */
  readonly query: string
  readonly fields: HeadersToSign
}

export interface AnswerParts {
  readonly status: number
  readonly fields: HeadersToSign
}

export interface SigningOptions {
  readonly signer: Signer
  /** The signing certificate's fingerprint. */
  readonly keyId: string
  /** Seconds since 1970, UTC. */
  readonly created: number
  /** Seconds since 1970, UTC. */
  readonly expires: number
  /** 16 to 64 characters of base64url, new for each message. */
  readonly nonce: string
}

/** A message that is whole but for its signature. */
export interface Draft {
  readonly message: SignedMessage
  readonly signer: Signer
  readonly parameters: Omit<SignatureParameters, 'tree'>
}

/**
 * Signs a request (RFC 9421 §3.1) over method, authority, path, query and all headers given. Throws Problem
 * `header-malformed`, `header-duplicate` or `digest-missing`.
 */
export function signRequest(parts: RequestParts, options: SigningOptions): SignedMessage {
  return signAlone(draftRequest(parts, options))
}

/**
 * Signs an answer over its status, all headers given, and the request's whole signature (RFC 9421 §2.4). Throws as
 * `signRequest`.
 */
export function signAnswer(
  parts: AnswerParts,
  request: SignedMessage,
  options: SigningOptions,
): SignedMessage {
  return signAlone(draftAnswer(parts, request, options))
}

/** A request to be signed, alone or together with others. Throws as `signRequest`. */
export function draftRequest(parts: RequestParts, options: SigningOptions): Draft {
  return draft(
    {
      kind: 'request',
      method: parts.method,
      authority: canonicalAuthority(parts.authority),
      path: parts.path,
      query: parts.query.startsWith('?') ? parts.query : `?${parts.query}`,
      status: null,
      fields: coveredFields(parts.fields),
      signatureInput: '',
      signature: '',
      request: null,
    },
    options,
  )
}

/** An answer to be signed, alone or together with others. Throws as `signRequest`. */
export function draftAnswer(parts: AnswerParts, request: SignedMessage, options: SigningOptions): Draft {
  return draft(
    {
      kind: 'answer',
      method: '',
      authority: '',
      path: '',
      query: '',
      status: parts.status,
      fields: coveredFields(parts.fields),
      signatureInput: '',
      signature: '',
      request: { signatureInput: request.signatureInput, signature: request.signature },
    },
    options,
  )
}

/** Signs one message with a signature of its own. */
export function signAlone({ message, signer, parameters }: Draft): SignedMessage {
  const base = complete(message, { ...parameters, tree: false })
  return withSignature(message, signer.sign(base))
}

/** Signs several messages of one signer, `mostInTree` at most, with one signature (`tree-signature.ts`). */
export function signTogether(signer: Signer, drafts: readonly Draft[]): SignedMessage[] {
  const bases = drafts.map(({ message, parameters }) => complete(message, { ...parameters, tree: true }))
  const signatures = signTree(signer, bases)
  return drafts.map(({ message }, n) => withSignature(message, signatures[n] as Buffer))
}

/** `host:port` in lower case, without the default port of https (RFC 9421 §2.2.3). */
export function canonicalAuthority(authority: string): string {
  const lower = authority.toLowerCase()
  return lower.endsWith(':443') ? lower.slice(0, -4) : lower
}

function draft(message: SignedMessage, options: SigningOptions): Draft {
  const parameters = signingParameters(options)
  if (!isWellFormed(message)) throw new RangeError('the message is not well-formed and cannot be signed')
  return { message, signer: options.signer, parameters }
}

/** Writes Signature-Input, and gives the base that it makes. */
function complete(message: SignedMessage, parameters: SignatureParameters): Buffer {
  const list = formatComponents(message.kind, message.fields)
  const components = readComponents(list)
  if (components === null) throw new RangeError('the message is not well-formed and cannot be signed')
  message.signatureInput = `${signatureLabel}=(${list})${formatParameters(parameters)}`
  return Buffer.from(baseOf(message, components), 'latin1')
}

function withSignature(message: SignedMessage, signature: Buffer): SignedMessage {
  message.signature = `${signatureLabel}=:${signature.toString('base64')}:`
  return message
}

function signingParameters({ signer, keyId, created, expires, nonce }: SigningOptions): Draft['parameters'] {
  if (!noncePattern.test(nonce) || !keyIdPattern.test(keyId)) throw new RangeError('bad nonce or key id')
  if (!isSeconds(created) || !isSeconds(expires))
    throw new RangeError('created and expires are whole seconds')
  return { created, expires, nonce, keyId, algorithm: signer.algorithm, tag: signatureTag }
}

/** Milliseconds by mistake would be a time far beyond this. */
function isSeconds(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 99_999_999_999
}

function coveredFields(headers: HeadersToSign): Field[] {
  const fields = headers.map(([name, value]): Field => {
    const lower = name.toLowerCase()
    return [lower, signable(lower, value)]
  })
  fields.sort(byName)
  for (let n = 1; n < fields.length; n++) {
    const name = fields[n]?.[0]
    if (name !== undefined && name === fields[n - 1]?.[0]) throw duplicate(name)
  }
  if (!fields.some(([name]) => name === 'content-digest')) throw exchangeProblem('digest-missing')
  return fields
}

function byName(a: Field, b: Field): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}

function signable(name: string, value: string): string {
  const signed = signableValue(value)
  if (isSignableName(name) && signed !== undefined) return signed
  throw exchangeProblem('header-malformed', {
    detail: {
      en: `The header ${printableName(name)} must have one line of printable ASCII.`,
      th: `เฮดเดอร์ ${printableName(name)} ต้องเป็น ASCII ที่พิมพ์ได้ในบรรทัดเดียว`,
    },
  })
}

function printableName(name: string): string {
  return name.slice(0, 64).replace(/[^a-z0-9._-]/g, '?')
}

function duplicate(name: string) {
  return exchangeProblem('header-duplicate', {
    detail: { en: `The header ${name} came several times.`, th: `เฮดเดอร์ ${name} ถูกส่งซ้ำ` },
  })
}
