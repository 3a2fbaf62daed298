import { createHash, type KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { rsaEncryption } from '../../der/oids.ts'
import { ecdsaSignatureDer } from '../../der/signature.ts'
import { trustProblems } from '../../problems.ts'
import {
  algorithmRules,
  defaultKeyAlgorithm,
  digestOid,
  fitsAlgorithm,
  type KeyAlgorithm,
  keyAlgorithms,
  pssParameters,
  verifyKeySignature,
} from '../algorithm.ts'
import { publicKeyOf, type SigningKey } from '../signing-key.ts'
import { type CscConnection, callCsc, fetchPost, type JsonObject, type JsonPost } from './transport.ts'

export interface CscKeyOptions {
  /** What precedes `/csc/v2/` or `/csc/v1/`. */
  readonly baseUrl: string
  readonly credentialId: string
  /** `v2` by default; `v1` for a service that speaks v1.0.4. */
  readonly version?: 'v1' | 'v2'
  /** Gives the access token; called before each request, so that it may be renewed. */
  readonly token?: () => string | Promise<string>
  /** Gives PIN and OTP where the service asks for them; called for each authorisation with what is to be signed. */
  readonly authorize?: (request: CscAuthorization) => CscFactors | Promise<CscFactors>
  /** What the signer is shown: the subject of a letter, for example. */
  readonly description?: string
  readonly algorithm?: KeyAlgorithm
  /** 60,000 by default: a signer may have to confirm on a telephone. */
  readonly timeoutMs?: number
  readonly post?: JsonPost
}

export interface CscAuthorization {
  readonly credentialId: string
  readonly hashes: readonly Uint8Array[]
  readonly needs: { readonly pin: boolean; readonly otp: boolean }
  /** Has the service send the one-time password. */
  sendOtp(): Promise<void>
}

export interface CscFactors {
  readonly pin?: string
  readonly otp?: string
}

/**
 * A key that a signing service keeps (CSC API v2, v1.0.4). The service gets digests, never documents; each authorisation is
 * bound to its digests, and each signature is verified before it is given on. Throws `signing-service-unavailable`,
 * `signing-service-refused`, `signing-service-token-refused`, `signing-service-answer-invalid`,
 * `signing-key-unsupported`, and TypeError for an address that is not https (http on this machine); signing throws these and `signing-not-authorized`. Nothing is sent twice.
 */
export async function cscKey(options: CscKeyOptions): Promise<SigningKey> {
  const { baseUrl, version = 'v2', token, post = fetchPost, timeoutMs = 60_000 } = options
  checkAddress(baseUrl)
  const connection: CscConnection = { baseUrl, version, token, post, timeoutMs }
  const about = await callCsc(connection, 'credentials/info', {
    credentialID: options.credentialId,
    certificates: 'chain',
    ...(version === 'v2' ? { authInfo: true } : {}),
  })
  const credential = readCredential(about, options.algorithm)
  const remote = new RemoteKey(connection, options, credential)
  return {
    algorithm: credential.algorithm,
    certificate: credential.certificate,
    chain: credential.chain,
    sign: async (data) => firstOf(await remote.sign([data])),
    signMany: (data) => remote.sign(data),
  }
}

/** PINs go over encrypted connections only, but on one machine. */
function checkAddress(baseUrl: string): void {
  const { protocol, hostname } = new URL(baseUrl)
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) {
    throw new TypeError('a signing service is reached over https')
  }
}

interface RemoteCredential {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly publicKey: KeyObject
  readonly algorithm: KeyAlgorithm
  readonly signAlgo: string
  /** Signatures in one authorisation. */
  readonly most: number
  readonly needs: { readonly pin: boolean; readonly otp: boolean }
}

const unusable = (cause?: unknown): Problem =>
  new Problem(trustProblems['signing-service-answer-invalid'], { cause })

function readCredential(about: JsonObject, wanted: KeyAlgorithm | undefined): RemoteCredential {
  const key = objectOf(about.key)
  const [certificate, ...chain] = listOf(objectOf(about.cert).certificates).map(bytesOf)
  if (!certificate) throw unusable()
  const publicKey = publicKeyOf(certificate)
  const oids = listOf(key.algo).filter((each) => typeof each === 'string')
  const fitting = keyAlgorithms.filter(
    (each) => fitsAlgorithm(publicKey, each) && each !== 'ed25519' && oidFor(each, oids) !== undefined,
  )
  const usual = defaultKeyAlgorithm(publicKey)
  const algorithm = wanted ?? (fitting.includes(usual) ? usual : fitting[0])
  const signAlgo = algorithm && fitting.includes(algorithm) ? oidFor(algorithm, oids) : undefined
  if (algorithm === undefined || signAlgo === undefined || key.status === 'disabled') {
    throw new Problem(trustProblems['signing-key-unsupported'])
  }
  const { multisign } = about
  const most = typeof multisign === 'number' && multisign >= 1 ? Math.min(Math.floor(multisign), 1000) : 1
  return { certificate, chain, publicKey, algorithm, signAlgo, most, needs: readNeeds(about) }
}

/** The name of an algorithm among those that the service has: whole, or as RSA with the digest named beside it. */
function oidFor(algorithm: KeyAlgorithm, known: readonly string[]): string | undefined {
  const { oid, scheme } = algorithmRules(algorithm)
  if (known.includes(oid)) return oid
  return scheme === 'pkcs1' && known.includes(rsaEncryption) ? rsaEncryption : undefined
}

/** v2 has an expression over the ids of authentication objects, v1 says of each whether it is there. */
function readNeeds({ auth, PIN, OTP }: JsonObject): RemoteCredential['needs'] {
  const { expression } = optionalObject(auth)
  const named = typeof expression === 'string' ? expression : ''
  const isThere = (value: unknown) => String(optionalObject(value).presence) === 'true'
  return {
    pin: /\bPIN\b/i.test(named) || isThere(PIN),
    otp: /\bOTP\b/i.test(named) || isThere(OTP),
  }
}

class RemoteKey {
  readonly #connection: CscConnection
  readonly #options: CscKeyOptions
  readonly #credential: RemoteCredential

  constructor(connection: CscConnection, options: CscKeyOptions, credential: RemoteCredential) {
    this.#connection = connection
    this.#options = options
    this.#credential = credential
  }

  /** In batches as large as the credential allows, one after the other: each is an authorisation of its own. */
  async sign(data: readonly Uint8Array[]): Promise<Uint8Array[]> {
    const signatures: Uint8Array[] = []
    const { most } = this.#credential
    for (let at = 0; at < data.length; at += most) {
      signatures.push(...(await this.#signBatch(data.slice(at, at + most))))
    }
    return signatures
  }

  async #signBatch(data: readonly Uint8Array[]): Promise<Uint8Array[]> {
    const { algorithm, publicKey, signAlgo } = this.#credential
    const { digest, scheme } = algorithmRules(algorithm)
    const hashes = data.map((bytes) => createHash(digest).update(bytes).digest())
    const sad = await this.#authorize(hashes)
    const names = parameterNames[this.#connection.version]
    const answer = await callCsc(this.#connection, 'signatures/signHash', {
      credentialID: this.#options.credentialId,
      SAD: sad,
      [names.hashes]: hashes.map((each) => each.toString('base64')),
      [names.digest]: digestOid(digest),
      signAlgo,
      ...(scheme === 'pss' ? { signAlgoParams: pssParameters(digest).toString('base64') } : {}),
    })
    const signatures = listOf(answer.signatures).map(bytesOf)
    if (signatures.length !== data.length) throw unusable()
    return signatures.map((each, at) => verified(algorithm, publicKey, data[at] ?? new Uint8Array(), each))
  }

  async #authorize(hashes: readonly Buffer[]): Promise<string> {
    const { credentialId, description, authorize } = this.#options
    const { version } = this.#connection
    const { needs, algorithm } = this.#credential
    const credentialID = credentialId
    const sendOtp = async () => {
      await callCsc(this.#connection, 'credentials/sendOTP', { credentialID })
    }
    const factors = (await authorize?.({ credentialId, hashes, needs, sendOtp })) ?? {}
    const names = parameterNames[version]
    const answer = await callCsc(this.#connection, 'credentials/authorize', {
      credentialID,
      numSignatures: hashes.length,
      [names.hashes]: hashes.map((each) => each.toString('base64')),
      ...(version === 'v2' ? { [names.digest]: digestOid(algorithmRules(algorithm).digest) } : {}),
      ...(description === undefined ? {} : { description }),
      ...factorParameters(version, factors),
    })
    if (typeof answer.SAD !== 'string' || answer.SAD === '') throw unusable()
    return answer.SAD
  }
}

/** Names that differ between the versions. */
const parameterNames = {
  v1: { hashes: 'hash', digest: 'hashAlgo' },
  v2: { hashes: 'hashes', digest: 'hashAlgorithmOID' },
} as const

function factorParameters(version: 'v1' | 'v2', { pin, otp }: CscFactors): JsonObject {
  const factors = { ...(pin === undefined ? {} : { PIN: pin }), ...(otp === undefined ? {} : { OTP: otp }) }
  if (version === 'v1') return factors
  const authData = Object.entries(factors).map(([id, value]) => ({ id, value }))
  return authData.length === 0 ? {} : { authData }
}

/** The signature in the form of CMS, if it is this key's over that data; some services give ECDSA as `r ‖ s`. */
function verified(
  algorithm: KeyAlgorithm,
  publicKey: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  if (verifyKeySignature(algorithm, publicKey, data, signature)) return signature
  if (algorithmRules(algorithm).family === 'ec' && signature.length % 2 === 0 && signature.length <= 132) {
    const sequence = ecdsaSignatureDer(signature)
    if (verifyKeySignature(algorithm, publicKey, data, sequence)) return sequence
  }
  throw unusable()
}

function firstOf(signatures: readonly Uint8Array[]): Uint8Array {
  const [signature] = signatures
  if (!signature) throw unusable()
  return signature
}

function optionalObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function objectOf(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null) throw unusable()
  return { ...value }
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > 1000) throw unusable()
  return value
}

/** Base64, in which some services break lines. */
function bytesOf(value: unknown): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) throw unusable()
  return Buffer.from(value, 'base64')
}
