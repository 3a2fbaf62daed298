import type { KeyObject } from 'node:crypto'
import type { PoolClient } from '@sapan/kernel'
import {
  backdated,
  cosignerVkey,
  fingerprint,
  type Authority as Issuing,
  issueCertificate,
  type KeyFolder,
  readCertificate,
  type Signer,
} from '@sapan/trust'
import type { DirectoryWitness } from '../directory/document.ts'
import { centerUri } from '../membership/connection.ts'
import { exchangeProblem } from '../problems.ts'
import { loadAuthorities } from './authority-files.ts'
import { keyHash } from './key-hash.ts'
import { type HostNames, hostNames, isForHosts } from './names.ts'
import { type CertificateUse, certificatesOfKey, insertCertificate } from './store/certificates.ts'

/** A key with its certificate and the certificates above it, all in DER. */
export interface OwnCertificate {
  readonly signer: Signer
  readonly certificate: Buffer
  /** Its own certificate, the issuer's, the root's. */
  readonly chain: readonly Buffer[]
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly notAfter: number
}

/** What the center itself needs certificates for. */
export type OwnUse = 'tls' | 'directory' | 'timestamping'

const ownUses: readonly OwnUse[] = ['tls', 'directory', 'timestamping']

const day = 86_400

/** A stamp outlives its authority's certificate, but the fewer of those the better: the directory lists each. */
const ownSeconds: Readonly<Record<OwnUse, number>> = {
  tls: 90 * day,
  directory: 365 * day,
  timestamping: 5 * 365 * day,
}

export interface IssueOrder {
  readonly publicKey: KeyObject
  readonly use: CertificateUse
  readonly commonName: string
  readonly uris: readonly string[]
  readonly dns: readonly string[]
  readonly ips: readonly string[]
  readonly seconds: number
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface Issued {
  readonly der: Buffer
  readonly fingerprint: string
  readonly notBefore: number
  readonly notAfter: number
}

export interface AuthorityOptions {
  readonly keys: KeyFolder
  readonly instance: string
  readonly publicUrl: string
  /** Where further centers over the same database are. */
  readonly alsoAt: readonly string[]
}

/** The center's keys and certificates, without the root's key: issuing, and the center's own. */
export class Authority {
  readonly root: Buffer
  readonly rootFingerprint: string
  /** Certificates of the issuers, the newest first. */
  readonly issuers: readonly Buffer[]
  readonly witness: { readonly signer: Signer; readonly published: DirectoryWitness }
  readonly #issuer: Issuing
  readonly #signers: Readonly<Record<OwnUse, Signer>>
  readonly #own = new Map<OwnUse, OwnCertificate>()
  readonly #options: AuthorityOptions

  private constructor(
    options: AuthorityOptions,
    loaded: { root: Buffer; issuers: readonly Issuing[] },
    issuer: Issuing,
    keys: { own: Readonly<Record<OwnUse, Signer>>; witness: Signer },
  ) {
    this.#options = options
    this.root = loaded.root
    this.rootFingerprint = fingerprint(loaded.root)
    this.issuers = loaded.issuers.map(({ certificate }) => certificate)
    this.#issuer = issuer
    this.#signers = keys.own
    const name = `sapan-center-${options.instance.toLowerCase()}`
    this.witness = {
      signer: keys.witness,
      published: {
        name,
        vkey: cosignerVkey(name, keys.witness.publicKey),
        url: `${options.publicUrl}/witness`,
      },
    }
  }

  /** Loads issuers and keys, making the center's own keys on first use. Throws Problem `center-not-initialised`. */
  static async open(options: AuthorityOptions): Promise<Authority> {
    const { keys } = options
    const loaded = await loadAuthorities(keys)
    const [issuer] = loaded.issuers
    if (!issuer) throw exchangeProblem('center-not-initialised')
    const own = {
      tls: await keys.loadOrCreate('tls', 'ecdsa-p256-sha256'),
      directory: await keys.loadOrCreate('directory', 'ecdsa-p256-sha256'),
      timestamping: await keys.loadOrCreate('timestamping', 'ecdsa-p256-sha256'),
    }
    const witness = await keys.loadOrCreate('witness', 'ed25519')
    return new Authority(options, loaded, issuer, { own, witness })
  }

  /** What stands above certificates that are issued now: the issuer's certificate and the root's. */
  get chain(): readonly Buffer[] {
    return [this.#issuer.certificate, this.root]
  }

  /** When certificates issued now end at the latest, in milliseconds since 1970. */
  get endsAt(): number {
    return readCertificate(this.#issuer.certificate).notAfter
  }

  /** Throws Problem `issuer-expiring` where the issuer's certificate is over. */
  issue(order: IssueOrder): Issued {
    if (order.now >= this.endsAt) throw exchangeProblem('issuer-expiring')
    const { publicKey, use, commonName, uris, dns, ips, seconds, now } = order
    const der = issueCertificate(this.#issuer, {
      publicKey,
      profile: use,
      subject: { commonName },
      uris,
      dns,
      ips,
      now,
      days: seconds / day,
    })
    const { notBefore, notAfter } = readCertificate(der)
    return { der, fingerprint: fingerprint(der), notBefore, notAfter }
  }

  /** The center's own certificate in force. Only after `take`. */
  own(use: OwnUse): OwnCertificate {
    const own = this.#own.get(use)
    if (!own) throw exchangeProblem('center-not-initialised')
    return own
  }

  /** True for a certificate that the center itself is using. */
  uses(der: Buffer): boolean {
    return [...this.#own.values()].some(({ certificate }) => certificate.equals(der))
  }

  /**
   * Sees that the center's own certificates have a third of their life left: finds the one that the database has for
   * the key, or issues the next. Only under the lock. Returns those that are not in use yet: `take` them when the
   * transaction is committed, since what is not in the database is in no directory and cannot be revoked.
   */
  async renewOwn(client: PoolClient, now: number): Promise<ReadonlyMap<OwnUse, OwnCertificate>> {
    const renewed = new Map<OwnUse, OwnCertificate>()
    for (const use of ownUses) {
      const own = (await this.#held(client, use, now)) ?? (await this.#issueOwn(client, use, now))
      if (!this.#own.get(use)?.certificate.equals(own.certificate)) renewed.set(use, own)
    }
    return renewed
  }

  /** Takes certificates into use. */
  take(renewed: ReadonlyMap<OwnUse, OwnCertificate>): void {
    for (const [use, own] of renewed) this.#own.set(use, own)
  }

  async #held(client: PoolClient, use: OwnUse, now: number): Promise<OwnCertificate | undefined> {
    const signer = this.#signers[use]
    const rows = await certificatesOfKey(client, keyHash(signer.publicKey))
    const current = rows.find(
      (row) =>
        row.revokedAt === null &&
        isYoung(row, now) &&
        this.#isFromIssuer(row.der) &&
        isForHosts(row.der, this.#names(use)),
    )
    if (!current) return undefined
    const { der, issuedAt, notAfter } = current
    return { signer, certificate: der, chain: [der, ...this.chain], issuedAt, notAfter }
  }

  #isFromIssuer(der: Buffer): boolean {
    return readCertificate(der).isSignedBy(this.#issuer.signer.publicKey)
  }

  #names(use: OwnUse): HostNames {
    return use === 'tls' ? hostNames(this.#options.publicUrl, ...this.#options.alsoAt) : { dns: [], ips: [] }
  }

  async #issueOwn(client: PoolClient, use: OwnUse, now: number): Promise<OwnCertificate> {
    const signer = this.#signers[use]
    const holder = `${this.#options.instance} center`
    const issued = this.issue({
      publicKey: signer.publicKey,
      use,
      commonName: `Sapan ${holder} ${use}`,
      uris: use === 'tls' ? [centerUri(this.#options.instance)] : [],
      ...this.#names(use),
      seconds: ownSeconds[use],
      now,
    })
    const row = { ...issued, use, holder, gateway: null, publicKey: keyHash(signer.publicKey), issuedAt: now }
    await insertCertificate(client, row)
    const { der, notAfter } = issued
    return { signer, certificate: der, chain: [der, ...this.chain], issuedAt: now, notAfter }
  }
}

/**
 * True while a certificate's renewal is not due: it is valid already, which one issued while the clock was ahead is not,
 * and two thirds of its life, counted from its issue, are not over.
 */
export function isYoung(
  { issuedAt, notAfter }: { readonly issuedAt: number; readonly notAfter: number },
  now: number,
): boolean {
  return now >= issuedAt - backdated && now < issuedAt + ((notAfter - issuedAt) * 2) / 3
}
