import type { BoxDocument } from './documentbox.ts'

/** A party for which somebody may act, and which of its documents that covers. */
export interface DocumentReach {
  readonly party: string
  /** Members whose documents it covers; all where absent. */
  readonly issuers?: readonly string[]
  /** Services whose documents it covers; all where absent. */
  readonly services?: readonly string[]
  /** Also given to others by a share; who may only look sees and makes none. */
  readonly mayShare: boolean
}

/** Whether a party's document lies within what somebody may see. Pure. */
export function isWithin(
  { issuer, kind }: Pick<BoxDocument, 'issuer' | 'kind'>,
  party: string,
  reach: readonly DocumentReach[],
): boolean {
  const [service = ''] = kind.split('/')
  return reach.some(
    (one) =>
      one.party === party &&
      (one.issuers?.includes(issuer) ?? true) &&
      (one.services?.includes(service) ?? true),
  )
}

/** What of it may also be shared. Pure. */
export function toShare(reach: readonly DocumentReach[]): readonly DocumentReach[] {
  return reach.filter(({ mayShare }) => mayShare)
}
