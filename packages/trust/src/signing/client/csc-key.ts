import { createHash, type KeyObject } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { ecdsaSignatureDer } from '../../der/signature.ts'
import {
  algorithmRules,
  digestOid,
  type KeyAlgorithm,
  pssParameters,
  verifyKeySignature,
} from '../algorithm.ts'
import type { SigningKey } from '../signing-key.ts'
import { bytesOf, listOf, unusable } from './answer.ts'
import { type RemoteCredential, readCredential } from './credential.ts'
import { type CscFactors, type CscKeyOptions, checkAddress } from './options.ts'
import { directPost } from './post.ts'
import { type CscConnection, callCsc, type JsonObject } from './transport.ts'

/**
 * A key that a signing service keeps (CSC API v2, v1.0.4). The service gets digests, never documents; each authorisation is
 * bound to its digests, and each signature is verified before it is given on. Throws `signing-service-unavailable`,
 * `signing-service-refused`, `signing-service-token-refused`, `signing-service-answer-invalid`,
 * `signing-key-unsupported`, and TypeError for an address that is not https (http on this machine); signing throws these
 * and `signing-not-authorized`. Nothing that may have been signed or authorised is asked for twice.
 */
export async function cscKey(options: CscKeyOptions): Promise<SigningKey> {
  const { baseUrl, version = 'v2', token, timeoutMs = 60_000, againAfterMs = 500 } = options
  checkAddress(baseUrl)
  const post = options.post ?? directPost(options.authorities)
  const connection: CscConnection = { baseUrl, version, token, post, timeoutMs, againAfterMs }
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
    const { version } = this.#connection
    const names = parameterNames[version]
    const answer = await callCsc(this.#connection, 'signatures/signHash', {
      credentialID: this.#options.credentialId,
      SAD: sad,
      [names.hashes]: hashes.map((each) => each.toString('base64')),
      [names.digest]: digestOid(digest),
      signAlgo,
      ...(scheme === 'pss' ? { signAlgoParams: pssParameters(digest).toString('base64') } : {}),
      ...(version === 'v2' && this.#options.later ? { operationMode: 'A' } : {}),
    })
    const given = await this.#awaited(answer, 'responseID', 'signatures/signPolling', 'requestID')
    const signatures = listOf(given.signatures).map(bytesOf)
    if (signatures.length !== data.length) throw unusable()
    return signatures.map((each, at) => verified(algorithm, publicKey, data[at] ?? new Uint8Array(), each))
  }

  async #authorize(hashes: readonly Buffer[]): Promise<string> {
    const { credentialId, description, authorize } = this.#options
    const { version } = this.#connection
    const { factors: ids, algorithm } = this.#credential
    const sendOtp = async () => {
      await callCsc(this.#connection, 'credentials/sendOTP', { credentialID: credentialId })
    }
    const needs = { pin: ids.pin !== undefined, otp: ids.otp !== undefined }
    const factors = (await authorize?.({ credentialId, hashes, needs, sendOtp })) ?? {}
    if (factors.sad !== undefined) return factors.sad
    const names = parameterNames[version]
    const answer = await callCsc(this.#connection, 'credentials/authorize', {
      credentialID: credentialId,
      numSignatures: hashes.length,
      [names.hashes]: hashes.map((each) => each.toString('base64')),
      ...(version === 'v2' ? { [names.digest]: digestOid(algorithmRules(algorithm).digest) } : {}),
      ...(description === undefined ? {} : { description }),
      ...factorParameters(version, factors, ids),
    })
    const { SAD } = await this.#awaited(answer, 'handle', 'credentials/authorizeCheck', 'handle')
    if (typeof SAD !== 'string' || SAD === '') throw unusable()
    return SAD
  }

  /** The outcome: the answer itself, or what is asked for under the name that it gives, until it is there. */
  async #awaited(answer: JsonObject, given: string, method: string, asked: string): Promise<JsonObject> {
    const { askEveryMs = 2000, laterMs = 10 * 60_000 } = this.#options
    const until = performance.now() + laterMs
    let last = answer
    let name = answer[given]
    while (isPending(last) && typeof name === 'string' && performance.now() < until) {
      await wait(askEveryMs)
      last = await callCsc(this.#connection, method, { [asked]: name })
      name = last[given] ?? name
    }
    return last
  }
}

const isPending = ({ signatures, SAD }: JsonObject): boolean => signatures === undefined && SAD === undefined

/** Names that differ between the versions. */
const parameterNames = {
  v1: { hashes: 'hash', digest: 'hashAlgo' },
  v2: { hashes: 'hashes', digest: 'hashAlgorithmOID' },
} as const

function factorParameters(
  version: 'v1' | 'v2',
  { pin, otp }: CscFactors,
  ids: RemoteCredential['factors'],
): JsonObject {
  if (version === 'v1') {
    return { ...(pin === undefined ? {} : { PIN: pin }), ...(otp === undefined ? {} : { OTP: otp }) }
  }
  const authData = [
    { id: ids.pin ?? 'PIN', value: pin },
    { id: ids.otp ?? 'OTP', value: otp },
  ].filter(({ value }) => value !== undefined)
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
