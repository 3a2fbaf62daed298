import { joinBytes, sameBytes, toHex } from '../bytes.ts'
import { Asn1Error } from './asn1/error.ts'
import { readAsn1 } from './asn1/read.ts'
import type { Anchor } from './certificates/anchors.ts'
import { type Certificate, keyHashOf, readCertificate } from './certificates/certificate.ts'
import { fitsKey, isSoundKey } from './crypto/algorithms.ts'
import { digestCost, verificationCost } from './crypto/cost.ts'
import { fingerprintOf } from './crypto/digest.ts'
import type { CheckCrypto, DigestName, SignatureScheme } from './crypto/port.ts'
import type { ValidationMaterial } from './engine/signature.ts'
import type { AlgorithmPolicy } from './policy/policy.ts'
import { type Crl, readCrl } from './revocation/crl.ts'
import { type OcspAnswer, readOcsp } from './revocation/ocsp.ts'
import type { RevocationFetcher } from './revocation/online.ts'
import type { Work } from './work.ts'

export interface RunOptions {
  readonly crypto: CheckCrypto
  readonly work: Work
  readonly policy: AlgorithmPolicy
  /** The time of validation, milliseconds since 1970. */
  readonly at: number
  readonly anchors: readonly Anchor[]
  readonly online?: RevocationFetcher
}

/**
 * One check of one file: everything that was found in it, each object read once, each signature verified once.
 * Objects are known by the SHA-256 of their DER.
 */
export class Run {
  readonly crypto: CheckCrypto
  readonly work: Work
  readonly policy: AlgorithmPolicy
  readonly at: number
  readonly anchors: readonly Anchor[]
  readonly online: RevocationFetcher | undefined
  /** How many objects of the file could not be read. */
  unreadable = 0
  /** The network was asked for something, and did not have what was needed. */
  isUnanswered = false
  /** Addresses that gave an answer, but none of use. */
  readonly useless = new Set<string>()
  readonly #certificates = new Map<string, Certificate | undefined>()
  readonly #bySubject = new Map<string, Certificate[]>()
  readonly #byKey = new Map<string, Certificate[]>()
  readonly #crls = new Map<string, Crl | undefined>()
  readonly #ocsps = new Map<string, OcspAnswer | undefined>()
  readonly #verified = new Map<string, Promise<boolean | 'unsupported'>>()
  readonly #asked = new Set<string>()
  readonly #digests = new Map<string, Promise<Uint8Array>>()
  readonly #buffers = new WeakMap<ArrayBufferLike, number>()
  #lastBuffer = 0
  readonly #ids = new WeakMap<ArrayBufferLike, Map<string, string>>()

  constructor(options: RunOptions) {
    this.crypto = options.crypto
    this.work = options.work
    this.policy = options.policy
    this.at = options.at
    this.anchors = options.anchors
    this.online = options.online
    for (const { certificate } of options.anchors) this.#keep(certificate)
  }

  /** What a DER is known by. */
  idOf(der: Uint8Array): string {
    const known = this.#ids.get(der.buffer) ?? new Map<string, string>()
    this.#ids.set(der.buffer, known)
    const place = `${der.byteOffset} ${der.length}`
    const id = known.get(place) ?? this.#digest(der)
    known.set(place, id)
    return id
  }

  #digest(der: Uint8Array): string {
    this.work.spend('digested', der.length)
    return fingerprintOf(der)
  }

  /** Undefined when it cannot be read. */
  certificate(der: Uint8Array): Certificate | undefined {
    const id = this.idOf(der)
    if (this.#certificates.has(id)) return this.#certificates.get(id)
    const certificate = this.#tryRead(() => readCertificate(der, this.work))
    if (certificate) this.#keep(certificate)
    else this.#certificates.set(id, undefined)
    return certificate
  }

  #keep(certificate: Certificate): void {
    this.#certificates.set(certificate.id, certificate)
    const same = this.#bySubject.get(certificate.subject.key)
    if (same) same.push(certificate)
    else this.#bySubject.set(certificate.subject.key, [certificate])
    const hash = toHex(keyHashOf(certificate))
    this.#byKey.set(hash, [...(this.#byKey.get(hash) ?? []), certificate])
  }

  #tryRead<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error
      this.unreadable++
      return undefined
    }
  }

  /** Takes in what a file brings along. It is not trusted, only at hand. */
  add({ certificates, crls, ocsps }: ValidationMaterial): void {
    for (const der of certificates) this.certificate(der)
    for (const der of crls) this.addCrl(der)
    for (const der of ocsps) this.addOcsp(der)
  }

  addCrl(der: Uint8Array): Crl | undefined {
    const id = this.idOf(der)
    if (!this.#crls.has(id))
      this.#crls.set(
        id,
        this.#tryRead(() => readCrl(der, id, this.work)),
      )
    return this.#crls.get(id)
  }

  addOcsp(der: Uint8Array): OcspAnswer | undefined {
    const id = this.idOf(der)
    if (this.#ocsps.has(id)) return this.#ocsps.get(id)
    const answer = this.#tryRead(() => readOcsp(der, id, this.work))
    this.#ocsps.set(id, answer)
    for (const certificate of answer?.certificates ?? []) this.certificate(certificate)
    return answer
  }

  /** Takes in what came from the network: what cannot be read there is no fault of the file. */
  fetched<T>(take: () => T): T {
    const { unreadable } = this
    try {
      return take()
    } finally {
      this.unreadable = unreadable
    }
  }

  /** Whether its status was asked for on the network before; marks it as asked. */
  wasAsked(id: string): boolean {
    if (this.#asked.has(id)) return true
    this.#asked.add(id)
    return false
  }

  /** Drops an OCSP answer that was not meant for this run. */
  forget(id: string): void {
    this.#ocsps.set(id, undefined)
  }

  certificatesNamed(subjectKey: string): readonly Certificate[] {
    return this.#bySubject.get(subjectKey) ?? []
  }

  /** Those of a key, by its SHA-1. */
  certificatesOf(keyHash: Uint8Array): readonly Certificate[] {
    return this.#byKey.get(toHex(keyHash)) ?? []
  }

  certificates(): Certificate[] {
    return [...this.#certificates.values()].flatMap((one) => one ?? [])
  }

  crls(): Crl[] {
    return [...this.#crls.values()].flatMap((one) => one ?? [])
  }

  ocsps(): OcspAnswer[] {
    return [...this.#ocsps.values()].flatMap((one) => one ?? [])
  }

  /** Of the same bytes of the same memory once: a thousand signatures may be over one file. */
  digest(name: DigestName, pieces: readonly Uint8Array[]): Promise<Uint8Array> {
    // Content in a million pieces is its own sender's trouble.
    if (pieces.length > 8) return this.#digestAnew(name, pieces)
    const id = [name, ...pieces.map((piece) => this.#placeOf(piece))].join(' ')
    const known = this.#digests.get(id)
    if (known) return known
    const digested = this.#digestAnew(name, pieces)
    this.#digests.set(id, digested)
    return digested
  }

  async #digestAnew(name: DigestName, pieces: readonly Uint8Array[]): Promise<Uint8Array> {
    const whole = joinBytes(pieces)
    this.work.spend('digested', whole.length * digestCost(name))
    return this.crypto.digest(name, whole)
  }

  #placeOf({ buffer, byteOffset, length }: Uint8Array): string {
    const number = this.#buffers.get(buffer) ?? ++this.#lastBuffer
    this.#buffers.set(buffer, number)
    return `${number}:${byteOffset}:${length}`
  }

  /** Whether that certificate's key made the signature; asked of the port once. */
  async isSignedBy(
    certificate: Certificate,
    scheme: SignatureScheme | undefined,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | 'unsupported'> {
    if (!scheme || !isSoundKey(certificate.key)) return 'unsupported'
    if (!fitsKey(scheme, certificate.key)) return false
    const id = `${this.idOf(certificate.spki)} ${JSON.stringify(scheme)} ${this.idOf(data)} ${this.idOf(signature)}`
    const known = this.#verified.get(id)
    if (known) return known
    this.work.spend('verifications', verificationCost(scheme, certificate.key))
    const verified = this.crypto.verify(scheme, certificate.spki, data, signature)
    this.#verified.set(id, verified)
    return verified
  }

  /** Whether one certificate is signed by the key of another, whose subject is named as its issuer. */
  async isIssuedBy(below: Certificate, above: Certificate): Promise<boolean> {
    if (below.issuer.key !== above.subject.key) return false
    return (await this.isSignedBy(above, below.scheme, below.signed, below.signature)) === true
  }

  read(bytes: Uint8Array) {
    return readAsn1(bytes, this.work)
  }
}

/** Whether both have the same name and key: certificates for one and the same authority. */
export function isSameAuthority(one: Certificate, other: Certificate): boolean {
  return one.subject.key === other.subject.key && sameBytes(one.spki, other.spki)
}
