import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { readJws, type VerifiedCertificate, verifyPath } from '@sapan/trust'
import { type Directory, directoryType } from '../../directory/document.ts'
import { readDirectory } from '../../directory/read.ts'
import type { Findings } from './findings.ts'

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

  get all(): Directory[] {
    return [...this.#byVersion.values()].sort((a, b) => a.version - b.version)
  }

  /** Certificates above end certificates, each once. */
  get authorities(): Buffer[] {
    return [...new Map(this.#authorities.map((der) => [der.toString('base64'), der])).values()]
  }

  /** The member's signing certificate with that fingerprint, where a directory lists it. */
  signingCertificate(member: string, fingerprint: string): Buffer | undefined {
    return this.all
      .flatMap(({ members }) => members.find(({ id }) => id === member)?.signing ?? [])
      .map((certificate) => Buffer.from(certificate, 'base64'))
      .find((der) => createHash('sha256').update(der).digest('hex') === fingerprint)
  }

  /** Whether the center published a grant of the provider's. */
  publishes(provider: string, grant: string): boolean {
    return this.all.some(({ grants }) =>
      grants.some((published) => published.provider === provider && published.hashes.includes(grant)),
    )
  }

  /** When a certificate was revoked, in milliseconds since 1970; undefined where it was not. */
  revocationOf(fingerprint: string): number | undefined {
    const times = this.all.flatMap(({ revoked }) =>
      revoked.filter((each) => each.fingerprint === fingerprint).map(({ at }) => Date.parse(at)),
    )
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Certificates that were revoked by then, by the newest version. */
  revokedBy(at: number): Set<string> {
    const revoked = this.all.at(-1)?.revoked ?? []
    return new Set(revoked.filter((each) => Date.parse(each.at) <= at).map(({ fingerprint }) => fingerprint))
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
