import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { rsaEncryption } from '../../der/oids.ts'
import { trustProblems } from '../../problems.ts'
import {
  algorithmRules,
  defaultKeyAlgorithm,
  fitsAlgorithm,
  type KeyAlgorithm,
  keyAlgorithms,
} from '../algorithm.ts'
import { publicKeyOf } from '../signing-key.ts'
import { bytesOf, listOf, objectOf, optionalObject, unusable } from './answer.ts'
import type { JsonObject } from './transport.ts'

/** A credential as the service tells of it. */
export interface RemoteCredential {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly publicKey: KeyObject
  readonly algorithm: KeyAlgorithm
  readonly signAlgo: string
  /** Signatures in one authorisation. */
  readonly most: number
  readonly factors: FactorIds
}

/** Throws `signing-service-answer-invalid`, `signing-key-unsupported`. */
export function readCredential(about: JsonObject, wanted: KeyAlgorithm | undefined): RemoteCredential {
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
  return { certificate, chain, publicKey, algorithm, signAlgo, most, factors: readFactorIds(about) }
}

/** The name of an algorithm among those that the service has: whole, or as RSA with the digest named beside it. */
function oidFor(algorithm: KeyAlgorithm, known: readonly string[]): string | undefined {
  const { oid, scheme } = algorithmRules(algorithm)
  if (known.includes(oid)) return oid
  return scheme === 'pkcs1' && known.includes(rsaEncryption) ? rsaEncryption : undefined
}

/** Under which ids PIN and OTP are given; undefined where none is asked for. */
export interface FactorIds {
  readonly pin: string | undefined
  readonly otp: string | undefined
}

/** v2 has objects with ids of the service's own choice, v1 says of PIN and OTP whether they are there. */
function readFactorIds({ auth, PIN, OTP }: JsonObject): FactorIds {
  const { objects, expression } = optionalObject(auth)
  if (Array.isArray(objects) && objects.length <= 16) {
    const known = objects.map(optionalObject)
    const otp = known.find(isOneTime)
    return { pin: idOf(known.find((each) => each.type === 'Password' && each !== otp)), otp: idOf(otp) }
  }
  const named = typeof expression === 'string' ? expression : ''
  const isThere = (value: unknown) => String(optionalObject(value).presence) === 'true'
  return {
    pin: /\bPIN\b/i.test(named) || isThere(PIN) ? 'PIN' : undefined,
    otp: /\bOTP\b/i.test(named) || isThere(OTP) ? 'OTP' : undefined,
  }
}

/** One that is sent or made for the occasion (§8.3.1.2, §8.3.1.4). */
function isOneTime({ type, id, generator }: JsonObject): boolean {
  return (
    type === 'ChallengeResponse' || (type === 'Password' && (generator === 'totp' || /otp/i.test(String(id))))
  )
}

function idOf(object: JsonObject | undefined): string | undefined {
  return typeof object?.id === 'string' ? object.id : undefined
}
