import { digestLength, digestOfOid } from '../algorithm.ts'
import type { TokenRequest } from './options.ts'

/** Errors that are sent to the client by way of the browser (RFC 6749 §4.1.2.1). */
export type RedirectError =
  | 'invalid_request'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'

export class Refused extends Error {
  readonly code: RedirectError

  constructor(code: RedirectError, description: string) {
    super(description)
    this.code = code
  }
}

type Parameters = ReadonlyMap<string, string>

const mostHashes = 1000

/** What is asked for, beside who asks (v2 §8.4.2). Throws Refused. */
export function readAsked(parameters: Parameters): Omit<TokenRequest, 'client'> & { challenge: string } {
  const type = parameters.get('response_type')
  if (type === undefined) throw missing('response_type')
  if (type !== 'code') throw new Refused('unsupported_response_type', 'The response_type must be code')
  for (const name of ['request_uri', 'authorization_details', 'signatureQualifier']) {
    if (parameters.has(name)) throw new Refused('invalid_request', `The parameter ${name} is not supported`)
  }
  const scope = parameters.get('scope') ?? 'service'
  if (scope !== 'service' && scope !== 'credential') {
    throw new Refused('invalid_scope', 'The scope must be service or credential')
  }
  const lang = parameters.get('lang')
  return {
    scope,
    challenge: readChallenge(parameters),
    ...(lang === undefined || !/^[A-Za-z0-9-]{2,35}$/.test(lang) ? {} : { lang }),
    ...(scope === 'credential' ? { signing: readSigning(parameters) } : {}),
  }
}

/** PKCE with SHA-256 (RFC 7636 §4.3): `plain`, the default there, keeps nothing from who reads the request. */
function readChallenge(parameters: Parameters): string {
  const challenge = parameters.get('code_challenge')
  if (challenge === undefined) throw missing('code_challenge')
  if (parameters.get('code_challenge_method') !== 'S256') throw invalid('code_challenge_method')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw invalid('code_challenge')
  return challenge
}

function readSigning(parameters: Parameters): NonNullable<TokenRequest['signing']> {
  const credential = parameters.get('credentialID')
  if (credential === undefined) throw missing('credentialID')
  if (credential.length > 256) throw invalid('credentialID')
  const number = parameters.get('numSignatures')
  if (number === undefined) throw missing('numSignatures')
  if (!/^[1-9]\d{0,5}$/.test(number)) throw invalid('numSignatures')
  const description = parameters.get('description')
  // Nothing that would turn the writing round (UAX #9), or look like another line.
  const isOdd = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
  if (description !== undefined && (description.length > 500 || isOdd.test(description))) {
    throw invalid('description')
  }
  const hashes = readHashes(parameters, Number(number))
  return {
    credential,
    count: Number(number),
    ...(hashes === undefined ? {} : { hashes }),
    ...(description === undefined ? {} : { description }),
  }
}

/** Digests in Base64 of the kind for addresses, between commas. */
function readHashes(parameters: Parameters, count: number): string[] | undefined {
  const given = parameters.get('hashes')
  if (given === undefined) return undefined
  const digest = digestOfOid(parameters.get('hashAlgorithmOID') ?? '')
  if (!digest)
    throw parameters.has('hashAlgorithmOID') ? invalid('hashAlgorithmOID') : missing('hashAlgorithmOID')
  const texts = given.split(',')
  if (texts.length > Math.min(count, mostHashes)) throw invalid('hashes')
  return texts.map((text) => {
    const bytes = Buffer.from(text, 'base64url')
    const isStrict = bytes.toString('base64url') === text.replace(/={1,2}$/, '')
    if (!isStrict || bytes.length !== digestLength(digest)) throw invalid('hashes')
    return bytes.toString('hex')
  })
}

const missing = (name: string): Refused => new Refused('invalid_request', `Missing parameter ${name}`)
const invalid = (name: string): Refused => new Refused('invalid_request', `Invalid parameter ${name}`)
