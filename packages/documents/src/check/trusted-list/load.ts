import { Asn1Error } from '../asn1/error.ts'
import type { TrustedService } from '../certificates/anchors.ts'
import { readCertificate } from '../certificates/certificate.ts'
import type { CheckCrypto } from '../crypto/port.ts'
import { startRun } from '../options.ts'
import type { AlgorithmPolicy } from '../policy/policy.ts'
import { TooMuchWork, Work } from '../work.ts'
import { XmlError } from '../xml/error.ts'
import { parseXml } from '../xml/parse.ts'
import { sourceOf } from '../xml/source.ts'
import { type AnchorOptions, anchorsOf } from './anchors.ts'
import { TrustedListError } from './error.ts'
import type { TrustedList } from './list.ts'
import { listBudget, listNamespace, readListElement } from './read.ts'
import { verifyList } from './verify.ts'

export interface TrustedListOptions extends AnchorOptions {
  /** DER of certificates of which one must have signed the list; without them its signature is not looked at. */
  readonly signers?: readonly Uint8Array[]
  /** Milliseconds since 1970; now by default. */
  readonly at?: number
  readonly crypto?: CheckCrypto
  readonly policy?: AlgorithmPolicy
}

export interface LoadedTrustedList {
  readonly list: TrustedList
  /** For `TrustAnchors.services`. */
  readonly services: readonly TrustedService[]
  readonly isVerified: boolean
  /** A newer one should be there by now. */
  readonly isStale: boolean
  /** How many certificates in it cannot be read, and are left out. */
  readonly unreadable: number
}

/**
 * A trusted list (ETSI TS 119 612) as trust anchors. Its signature is verified when it is known who signs it: from the
 * configuration, or from the pointer of a list of lists. Throws `TrustedListError`; nothing of a bad list is used.
 */
export async function loadTrustedList(
  bytes: Uint8Array,
  options: TrustedListOptions = {},
): Promise<LoadedTrustedList> {
  try {
    return await load(bytes, options)
  } catch (error) {
    if (error instanceof XmlError) throw new TrustedListError('unreadable', error.message)
    if (error instanceof TooMuchWork) throw new TrustedListError('too-large', error.message)
    throw error
  }
}

async function load(bytes: Uint8Array, options: TrustedListOptions): Promise<LoadedTrustedList> {
  const { signers, crypto, policy, at = Date.now() } = options
  const budget = listBudget()
  const source = sourceOf(parseXml(bytes, budget), budget)
  const { root } = source.document
  if (!root.is(listNamespace, 'TrustServiceStatusList'))
    throw new TrustedListError('not-a-list', 'not a trusted list')
  const list = readListElement(root)
  if (signers) {
    const run = startRun({
      anchors: { certificates: [] },
      at,
      ...(crypto ? { crypto } : {}),
      ...(policy ? { policy } : {}),
    })
    await verifyList(run, source, signers, list.issued)
  }
  const services = anchorsOf(list, options)
  const usable = services.filter(({ certificate }) => isReadable(certificate))
  return {
    list,
    services: usable,
    isVerified: signers !== undefined,
    isStale: list.nextUpdate === undefined || list.nextUpdate < at,
    unreadable: services.length - usable.length,
  }
}

/** One certificate that this reader does not understand must not take the others with it. */
function isReadable(der: Uint8Array): boolean {
  try {
    readCertificate(der, new Work({ elements: 10_000 }))
    return true
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof TooMuchWork) return false
    throw error
  }
}
