import type { PdfFile } from './file.ts'
import { type PdfDict, PdfName, type PdfObject, PdfString } from './objects.ts'

/** Entries of a seed value dictionary that its Ff can make binding, by their bits (ISO 32000-2, table 237). */
const FLAGS = [
  'Filter',
  'SubFilter',
  'V',
  'Reasons',
  'LegalAttestation',
  'AddRevInfo',
  'DigestMethod',
  'LockDocument',
  'AppearanceFilter',
] as const

/** The same of the dictionary for the signer's certificate (table 238); its URL binds nobody. */
const CERTIFICATE_FLAGS = ['Subject', 'Issuer', 'OID', 'SubjectDN', 'Reserved', 'KeyUsage'] as const

export type SeedKey = (typeof FLAGS)[number]
export type CertificateSeedKey = (typeof CERTIFICATE_FLAGS)[number]

/** What a field demands of the certificate of who signs it. DER and texts as they stand. */
export interface CertificateSeed {
  readonly required: ReadonlySet<CertificateSeedKey>
  readonly subjects: readonly Uint8Array[] | undefined
  readonly issuers: readonly Uint8Array[] | undefined
  readonly policies: readonly string[] | undefined
  /** Each is enough: attribute → text. */
  readonly names: readonly ReadonlyMap<string, string>[] | undefined
  /** Each is enough: a character for every bit of keyUsage, `1`, `0` or `X`. */
  readonly keyUsages: readonly string[] | undefined
}

/** What a signature field demands, or asks, of the signature that fills it (ISO 32000-2, 12.7.5.5). */
export interface SeedValues {
  readonly required: ReadonlySet<SeedKey>
  readonly filter: string | undefined
  readonly subFilters: readonly string[] | undefined
  readonly version: number | undefined
  readonly reasons: readonly string[] | undefined
  readonly attestations: readonly string[] | undefined
  readonly revocation: boolean | undefined
  readonly digests: readonly string[] | undefined
  readonly lock: string | undefined
  readonly appearance: string | undefined
  /** P of MDP: 0 for a signature that certifies nothing, 1 to 3 for a certification. -1 where it is none of them. */
  readonly certification: number | undefined
  readonly needsTimestamp: boolean
  readonly certificate: CertificateSeed | undefined
}

/** The seed values of a field; undefined where it has none. */
export function readSeedValues(file: PdfFile, field: PdfDict): SeedValues | undefined {
  const seed = file.dict(field.get('SV'))
  if (!seed) return undefined
  const mdp = file.dict(seed.get('MDP'))
  return {
    required: flagged(FLAGS, file.number(seed.get('Ff'))),
    filter: file.name(seed.get('Filter')),
    subFilters: words(file, seed.get('SubFilter')),
    version: file.number(seed.get('V')),
    reasons: words(file, seed.get('Reasons')),
    attestations: words(file, seed.get('LegalAttestation')),
    revocation: flag(file, seed.get('AddRevInfo')),
    digests: words(file, seed.get('DigestMethod')),
    lock: word(file, seed.get('LockDocument')) ?? flag(file, seed.get('LockDocument'))?.toString(),
    appearance: word(file, seed.get('AppearanceFilter')),
    certification: mdp && certification(file.number(mdp.get('P'))),
    needsTimestamp: ((file.number(file.dict(seed.get('TimeStamp'))?.get('Ff')) ?? 0) & 1) !== 0,
    certificate: certificateSeed(file, file.dict(seed.get('Cert'))),
  }
}

function certificateSeed(file: PdfFile, seed: PdfDict | undefined): CertificateSeed | undefined {
  return (
    seed && {
      required: flagged(CERTIFICATE_FLAGS, file.number(seed.get('Ff'))),
      subjects: strings(file, seed.get('Subject')),
      issuers: strings(file, seed.get('Issuer')),
      policies: words(file, seed.get('OID')),
      names: file.array(seed.get('SubjectDN'))?.map((one) => attributes(file, file.dict(one))),
      keyUsages: words(file, seed.get('KeyUsage')),
    }
  )
}

function flagged<K>(keys: readonly K[], flags = 0): ReadonlySet<K> {
  return new Set(keys.filter((_, bit) => (flags & (1 << bit)) !== 0))
}

function certification(level: number | undefined): number {
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : -1
}

function flag(file: PdfFile, object: PdfObject | undefined): boolean | undefined {
  const found = file.resolve(object)
  return typeof found === 'boolean' ? found : undefined
}

/** A name or a text: writers use either. */
function word(file: PdfFile, object: PdfObject | undefined): string | undefined {
  const found = file.resolve(object)
  return found instanceof PdfName ? found.value : found instanceof PdfString ? file.text(found) : undefined
}

function words(file: PdfFile, object: PdfObject | undefined): string[] | undefined {
  return file.array(object)?.flatMap((one) => word(file, one) ?? [])
}

function strings(file: PdfFile, object: PdfObject | undefined): Uint8Array[] | undefined {
  return file.array(object)?.flatMap((one) => file.string(one) ?? [])
}

function attributes(file: PdfFile, dict: PdfDict | undefined): Map<string, string> {
  const entries = [...(dict?.entries ?? [])]
  return new Map(entries.map(([key, value]) => [key, file.text(value) ?? '']))
}
