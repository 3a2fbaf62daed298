import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import type {
  Directory,
  DirectoryGateway,
  DirectoryMember,
  DirectoryService,
  Revocation,
} from './document.ts'

/** A certificate that the directory lists, and for whom it speaks. Times are milliseconds since 1970. */
export interface KnownCertificate {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  readonly use: 'signing' | 'tls'
  /** The member (`signing`) or the gateway (`tls`). */
  readonly holder: string
  readonly der: Buffer
  readonly publicKey: KeyObject
  readonly algorithm: 'ecdsa-p256-sha256' | 'ed25519'
  readonly notBefore: number
  readonly notAfter: number
}

/**
 * A directory with its indexes, for the hot path: every look-up is a map's. Immutable; a new directory makes a
 * new view. Certificates are parsed when first asked for.
 */
export class DirectoryView {
  readonly directory: Directory
  /** The signed document itself, as received. */
  readonly jws: string
  readonly version: number
  readonly #members = new Map<string, DirectoryMember>()
  readonly #gateways = new Map<string, DirectoryGateway>()
  readonly #gatewaysByMember = new Map<string, DirectoryGateway[]>()
  readonly #services = new Map<string, DirectoryService>()
  readonly #subsystems = new Set<string>()
  readonly #grants = new Map<string, ReadonlySet<string>>()
  readonly #revoked = new Map<string, Revocation>()
  readonly #listed = new Map<string, { use: 'signing' | 'tls'; holder: string; der: Buffer }>()
  readonly #parsed = new Map<string, KnownCertificate>()

  constructor(directory: Directory, jws: string) {
    this.directory = directory
    this.jws = jws
    this.version = directory.version
    for (const gateway of directory.gateways) this.#addGateway(gateway)
    for (const member of directory.members) this.#addMember(member)
    for (const service of directory.services) this.#services.set(service.id, service)
    for (const { provider, hashes } of directory.grants) this.#grants.set(provider, new Set(hashes))
    for (const revocation of directory.revoked) this.#revoked.set(revocation.fingerprint, revocation)
  }

  #addGateway(gateway: DirectoryGateway): void {
    this.#gateways.set(gateway.id, gateway)
    for (const certificate of gateway.tls) this.#list(certificate, 'tls', gateway.id)
  }

  #addMember(member: DirectoryMember): void {
    this.#members.set(member.id, member)
    for (const subsystem of member.subsystems) this.#subsystems.add(`${member.id}/${subsystem.code}`)
    for (const certificate of member.signing) this.#list(certificate, 'signing', member.id)
    const gateways = member.gateways.flatMap((id) => this.#gateways.get(id) ?? [])
    this.#gatewaysByMember.set(member.id, gateways)
  }

  #list(base64: string, use: 'signing' | 'tls', holder: string): void {
    const der = Buffer.from(base64, 'base64')
    this.#listed.set(createHash('sha256').update(der).digest('hex'), { use, holder, der })
  }

  member(id: string): DirectoryMember | undefined {
    return this.#members.get(id)
  }

  hasSubsystem(id: string): boolean {
    return this.#subsystems.has(id)
  }

  gateway(id: string): DirectoryGateway | undefined {
    return this.#gateways.get(id)
  }

  /** The gateways that speak for a member; empty where it has none or is not a member. */
  gatewaysOf(member: string): readonly DirectoryGateway[] {
    return this.#gatewaysByMember.get(member) ?? []
  }

  /** True where the gateway may speak for the member. */
  speaksFor(gateway: string, member: string): boolean {
    return this.gatewaysOf(member).some((candidate) => candidate.id === gateway)
  }

  service(id: string): DirectoryService | undefined {
    return this.#services.get(id)
  }

  /** True where the provider has published this grant (lower-case hex SHA-256 of its JWS). */
  hasGrant(provider: string, hash: string): boolean {
    return this.#grants.get(provider)?.has(hash) ?? false
  }

  grantHashes(provider: string): ReadonlySet<string> {
    return this.#grants.get(provider) ?? new Set()
  }

  /** Why and when a certificate was revoked; undefined where it was not. */
  revocation(fingerprint: string): Revocation | undefined {
    return this.#revoked.get(fingerprint)
  }

  isRevoked(fingerprint: string): boolean {
    return this.#revoked.has(fingerprint)
  }

  /** The certificates in force of the holders that are asked for. */
  listed(wanted: (holder: string) => boolean): KnownCertificate[] {
    const prints = [...this.#listed].filter(([, { holder }]) => wanted(holder)).map(([print]) => print)
    return prints.flatMap((print) => this.certificate(print) ?? [])
  }

  /**
   * A certificate that the directory lists and has not revoked. The caller still holds `notBefore` and
   * `notAfter` against its clock, on every message.
   */
  certificate(fingerprint: string): KnownCertificate | undefined {
    if (this.#revoked.has(fingerprint)) return undefined
    const parsed = this.#parsed.get(fingerprint)
    if (parsed) return parsed
    const listed = this.#listed.get(fingerprint)
    if (!listed) return undefined
    const known = parse(fingerprint, listed)
    this.#parsed.set(fingerprint, known)
    return known
  }
}

function parse(
  fingerprint: string,
  listed: { use: 'signing' | 'tls'; holder: string; der: Buffer },
): KnownCertificate {
  const certificate = new X509Certificate(listed.der)
  return {
    fingerprint,
    ...listed,
    publicKey: certificate.publicKey,
    algorithm: certificate.publicKey.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'ecdsa-p256-sha256',
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
  }
}
