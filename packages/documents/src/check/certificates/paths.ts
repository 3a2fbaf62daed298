import { sameBytes } from '../../bytes.ts'
import { isSameAuthority, type Run } from '../run.ts'
import type { Anchor, Purpose } from './anchors.ts'
import { type Certificate, isAuthority, keyIdentifierOf } from './certificate.ts'

/** From a certificate up to an anchor. */
export interface Path {
  /** The end certificate first, the anchor last; one alone where it is an anchor itself. */
  readonly certificates: readonly Certificate[]
  readonly anchor: Anchor
}

const longestPath = 10
const mostPaths = 16
const mostSteps = 400
const mostCandidates = 32

/**
 * Paths from the certificate to anchors for the purpose, likely ones first (RFC 4158). Each step is a name and a
 * signature that fit; the rules of RFC 5280 are `pathFaults`' matter. Certificates that certify each other in circles,
 * or in great numbers, end at a bound.
 */
export async function findPaths(run: Run, end: Certificate, purpose: Purpose): Promise<Path[]> {
  const search = new Search(run, purpose)
  await search.extend([end])
  return search.paths
}

class Search {
  readonly paths: Path[] = []
  readonly #run: Run
  readonly #anchors = new Map<string, Anchor[]>()
  #steps = 0

  constructor(run: Run, purpose: Purpose) {
    this.#run = run
    for (const anchor of run.anchors) {
      if (!anchor.purposes.has(purpose)) continue
      const { id } = anchor.certificate
      this.#anchors.set(id, [...(this.#anchors.get(id) ?? []), anchor])
    }
  }

  async extend(certificates: readonly Certificate[]): Promise<void> {
    const top = certificates.at(-1)
    if (!top) return
    for (const anchor of this.#anchors.get(top.id) ?? []) this.paths.push({ certificates, anchor })
    if (certificates.length >= longestPath || this.#anchors.has(top.id)) return
    for (const above of this.#candidates(top)) {
      if (this.paths.length >= mostPaths || this.#steps++ >= mostSteps) return
      if (certificates.some((one) => isSameAuthority(one, above))) continue
      if (await this.#run.isIssuedBy(top, above)) await this.extend([...certificates, above])
    }
  }

  /** Those named as the issuer: anchors before others, a fitting key identifier before none. */
  #candidates(below: Certificate): Certificate[] {
    const wanted = below.extensions.authorityKeyIdentifier
    const rank = (one: Certificate) => {
      const fits = wanted && sameBytes(keyIdentifierOf(one), wanted)
      return (this.#anchors.has(one.id) ? 0 : 4) + (fits ? 0 : 2)
    }
    const named = this.#run.certificatesNamed(below.issuer.key)
    this.#run.work.spend('elements', named.length)
    return named
      .filter((one) => this.#anchors.has(one.id) || isAuthority(one))
      .map((one) => ({ one, rank: rank(one) }))
      .toSorted((first, second) => first.rank - second.rank)
      .slice(0, mostCandidates)
      .map(({ one }) => one)
  }
}
