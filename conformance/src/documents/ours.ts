import { checkFile } from '@sapan/documents/check'
import type { DocumentAuthority } from './authority.ts'

/** What our checker comes to, in the words of the peers' comparison. */
export interface OurVerdict {
  readonly conclusion: string
  readonly sub: string | undefined
  readonly level: string | undefined
  /** Of the worst signature: `none`, `allowed`, `suspicious`, `refused`. */
  readonly changes: string | undefined
  readonly findings: readonly string[]
}

export interface OurQuestion {
  readonly anchors: readonly Uint8Array[]
  readonly at?: number
  /** What a fetcher of revocation lists would get from an address. */
  listAt?(url: string): Promise<Uint8Array | undefined>
}

const order = ['none', 'allowed', 'suspicious', 'refused']

export async function ourVerdict(bytes: Uint8Array, question: OurQuestion): Promise<OurVerdict> {
  const { anchors, at, listAt } = question
  try {
    const report = await checkFile(Uint8Array.from(bytes), {
      anchors: { certificates: [...anchors] },
      ...(at === undefined ? {} : { at }),
      ...(listAt ? { online: { crl: listAt, ocsp: async () => undefined } } : {}),
    })
    const changes = report.signatures.map(({ changesAfter }) => changesAfter)
    return {
      conclusion: report.conclusion,
      sub: report.subIndication,
      level: report.signatures[0]?.level,
      changes: changes.sort((a, b) => order.indexOf(b) - order.indexOf(a))[0],
      findings: report.findings.map(({ code }) => code),
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { conclusion: 'unreadable', sub: code, level: undefined, changes: undefined, findings: [] }
  }
}

/** What our checker is asked about a file of that authority. */
export function questionFor(authority: DocumentAuthority): OurQuestion {
  return { anchors: [authority.root.certificate], listAt: authority.listAt }
}
