import type { TrustAnchors } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import { type Country, loadCountry } from '@sapan/thailand'
import { readCertificates } from './files.ts'
import { type ListChoice, readTrustedList } from './trusted-lists.ts'

/** Whom a check is to trust beside the country's own anchors. */
export interface TrustChoice {
  /** Files with certificates of roots. */
  readonly anchors?: readonly string[]
  readonly lists?: readonly ListChoice[]
  /** DER of the demonstration's root, where it is trusted. */
  readonly demonstration?: Uint8Array | undefined
}

export interface Trust {
  readonly anchors: TrustAnchors
  /** What should be told to whoever answers for the choice: a list that should have been replaced. */
  readonly warnings: readonly Text[]
}

/**
 * The anchors of the country pack and everything that was chosen. Throws `input-unreadable`, `trusted-list-unusable`,
 * and as the country pack does.
 */
export async function trustOf(
  { anchors = [], lists = [], demonstration }: TrustChoice,
  country: Pick<Country, 'anchors'> = loadCountry(),
): Promise<Trust> {
  const named = (await Promise.all(anchors.map(readCertificates))).flat()
  const read = await Promise.all(lists.map(readTrustedList))
  const ours = country.anchors.map(({ certificate }) => certificate)
  return {
    anchors: {
      certificates: [...ours, ...named, ...(demonstration ? [demonstration] : [])],
      services: read.flatMap(({ services }) => services),
    },
    warnings: read.flatMap(({ warning }) => warning ?? []),
  }
}

/** How many anchors there are in all. */
export function anchorCount({ anchors: { certificates, services = [] } }: Trust): number {
  return certificates.length + services.length
}
