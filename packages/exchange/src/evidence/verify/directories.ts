import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { readJws, type VerifiedCertificate, verifyPath } from '@sapan/trust'
import { type Directory, directoryType, type Revocation } from '../../directory/document.ts'
import { readDirectory } from '../../directory/read.ts'
import type { ExportedRecord } from '../export/pieces.ts'
import type { Findings } from './findings.ts'

/** By how much the clocks of gateways, center and authorities may differ. */
export const clockSkew = 5 * 60_000

/** How long past its validity a gateway may still have gone by a directory; operators set their limits below this. */
const longestStale = 24 * 3_600_000

/** Directory versions that lead to a trusted root, the oldest first. */
export class Directories {
  readonly #byVersion = new Map<number, Directory>()
  readonly #authorities: Buffer[] = []
  readonly #roots: readonly string[]

  constructor(roots: readonly string[]) {
    this.#roots = roots
  }

  /** Reads every directory in the file; a finding for each. */
  read(files: ReadonlyMap<string, Buffer>, findings: Findings): void {
    const names = [...files.keys()].filter((name) => name.startsWith('directory-'))
    for (const name of names) {
      const jws = files.get(name)?.toString('latin1') ?? ''
      const directory = this.#readOne(jws)
      const version = name.slice('directory-'.length, -'.jws'.length)
      const passed = directory !== undefined && String(directory.version) === version
      if (passed) {
        this.#byVersion.set(directory.version, directory)
        this.#authorities.push(...readJws(jws, { type: directoryType }).chain.slice(1))
        this.#authorities.push(...directory.issuers.map((issuer) => Buffer.from(issuer, 'base64')))
      }
      findings.note(
        'directory',
        passed,
        {
          yes: {
            th: `สารบบรุ่น ${version} ลงนามโดยศูนย์ภายใต้รากที่เชื่อถือ`,
            en: `Directory version ${version} is signed by the center, under the trusted root.`,
          },
          no: {
            th: `สารบบรุ่น ${version} ไม่ได้ลงนามภายใต้รากที่เชื่อถือ`,
            en: `Directory version ${version} is not signed under the trusted root.`,
          },
        },
        name,
      )
    }
    if (names.length === 0) {
      findings.fail('directory', { th: 'ไม่มีสารบบในไฟล์', en: 'There is no directory in the file.' })
    }
  }

  /** Only versions that a record names, and a newer one, belong here: an older one may name witnesses of the past. */
  checkNeeded(records: readonly ExportedRecord[], findings: Findings): void {
    const named = new Set(records.map(({ record }) => record.directoryVersion))
    const others = [...this.#byVersion.keys()].filter((version) => !named.has(version))
    const allowed = others.length === 1 && others.every((version) => version > Math.max(...named))
    for (const version of allowed ? [] : others) {
      const name = `directory-${version}.jws`
      findings.fail('directory', { th: `${name} ไม่เกี่ยวข้อง`, en: `${name} is not needed here.` }, name)
    }
  }

  get all(): Directory[] {
    return [...this.#byVersion.values()].sort((a, b) => a.version - b.version)
  }

  /** Certificates above end certificates, each once. */
  get authorities(): Buffer[] {
    return [...new Map(this.#authorities.map((der) => [der.toString('base64'), der])).values()]
  }

  /** The member's signing certificate with that fingerprint, where a directory in force at that time lists it. */
  signingCertificate(member: string, fingerprint: string, at: number): Buffer | undefined {
    return this.#inForce(at)
      .flatMap(({ members }) => members.find(({ id }) => id === member)?.signing ?? [])
      .map((certificate) => Buffer.from(certificate, 'base64'))
      .find((der) => createHash('sha256').update(der).digest('hex') === fingerprint)
  }

  /** Whether the center published a grant of the provider's at that time. */
  publishes(provider: string, grant: string, at: number): boolean {
    return this.#inForce(at).some(({ grants }) =>
      grants.some((published) => published.provider === provider && published.hashes.includes(grant)),
    )
  }

  /** When a certificate was revoked, in milliseconds since 1970; undefined where it was not. */
  revocationOf(fingerprint: string): number | undefined {
    const found = this.#revocations.filter((each) => each.fingerprint === fingerprint)
    const times = found.map(({ at }) => Date.parse(at))
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Certificates that were revoked by then, by any version: a revocation is never taken back. */
  revokedBy(at: number): Set<string> {
    const revoked = this.#revocations.filter((each) => Date.parse(each.at) <= at)
    return new Set(revoked.map(({ fingerprint }) => fingerprint))
  }

  /**
   * Certificates of time-stamp authorities that count for nothing in a stamp of that time: those revoked by then,
   * and those of which the key was lost, since whoever has it can stamp any time.
   */
  notForStamps(at: number): Set<string> {
    const lost = this.#revocations.filter(({ reason }) => reason === 'key-compromise')
    return new Set([...this.revokedBy(at), ...lost.map(({ fingerprint }) => fingerprint)])
  }

  /** When the newest version was issued. */
  get newestIssued(): number | undefined {
    const newest = this.all.at(-1)
    return newest && Date.parse(newest.issuedAt)
  }

  get #revocations(): Revocation[] {
    return this.all.flatMap(({ revoked }) => revoked)
  }

  /** The versions by which a gateway may have gone at that time. */
  #inForce(at: number): Directory[] {
    return this.all.filter(
      ({ issuedAt, validUntil }) =>
        at >= Date.parse(issuedAt) - clockSkew && at <= Date.parse(validUntil) + longestStale,
    )
  }

  /** A member's signing certificate, followed to the root; undefined where it is not one, or not then valid. */
  verifySigner(der: Buffer, member: string, at: number): VerifiedCertificate | undefined {
    try {
      const options = { profile: 'signing', at, revoked: this.revokedBy(at) } as const
      const verified = verifyPath(der, this.authorities, this.#roots, options)
      return verified.uris.includes(`sapan:member:${member}`) ? verified : undefined
    } catch (error) {
      if (error instanceof Problem) return undefined
      throw error
    }
  }

  /** The key of a log, as the directory publishes it. */
  logKey(member: string, origin: string): string | undefined {
    const keys = this.all.flatMap(({ members }) => members.find(({ id }) => id === member)?.log ?? [])
    return keys.find((key) => key.origin === origin)?.vkey
  }

  /** Names of the witnesses that the newest version has. */
  get witnessNames(): string[] {
    return [...new Set((this.all.at(-1)?.witnesses ?? []).map(({ name }) => name))]
  }

  witnessKeys(): string[] {
    return [...new Set(this.all.flatMap(({ witnesses }) => witnesses.map(({ vkey }) => vkey)))]
  }

  #readOne(jws: string): Directory | undefined {
    for (const root of this.#roots) {
      try {
        return readDirectory(jws, root)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }
    return undefined
  }
}
