import { der } from '@sapan/trust'
import { type PathCertificate, pathFrom, readablePathCertificates } from '../certificate/certificate.ts'
import { signatureTimestamp } from './signed-data.ts'

const { DerError, DerSequence, oids, readDer } = der

/** What a signature that exists says about whom to ask for evidence. */
export interface SignaturePaths {
  /** The signer's certificate and those above it, as far as they are inside. */
  readonly signer: readonly PathCertificate[]
  /** Signature time-stamps, whole tokens. */
  readonly tokens: readonly Buffer[]
}

/**
 * Reads a CMS signature or a time-stamp token of anybody's for its certificates; verifies nothing. `others`:
 * certificates that the document has beside. Throws DerError.
 */
export function readSignaturePaths(cms: Uint8Array, others: readonly Uint8Array[] = []): SignaturePaths {
  const outer = new DerSequence(readDer(cms))
  if (outer.next().oid() !== oids.signedData) throw new DerError('not SignedData')
  const parts = new DerSequence(outer.next().only(0xa0))
  parts.next()
  parts.next()
  parts.next()
  const inside = parts.optional(0xa0)?.children(0xa0) ?? []
  parts.optional(0xa1)
  const signer = new DerSequence(parts.next().only(0x31))
  signer.next()
  const identifier = signer.next()
  signer.next()
  signer.optional(0xa0)
  signer.next()
  signer.next()
  const bag = readablePathCertificates([...inside.map(({ raw }) => raw), ...others])
  const own = bag.find((each) => isNamed(each, identifier))
  if (!own) throw new DerError("the signer's certificate is missing")
  return { signer: pathFrom(own, bag), tokens: tokensIn(signer.optional(0xa1)) }
}

/** SignerIdentifier (RFC 5652 §5.3): issuer and serial number, or [0] the key's identifier. */
function isNamed(certificate: PathCertificate, identifier: der.DerElement): boolean {
  if (identifier.tag === 0x80) return certificate.keyIdentifier?.equals(identifier.content) ?? false
  const parts = new DerSequence(identifier)
  return parts.next().raw.equals(certificate.issuer) && parts.next().content.equals(certificate.serial)
}

function tokensIn(unsigned: der.DerElement | undefined): Buffer[] {
  const tokens: Buffer[] = []
  for (const each of unsigned?.children(0xa1) ?? []) {
    const parts = new DerSequence(each)
    if (parts.next().oid() !== signatureTimestamp) continue
    tokens.push(
      ...parts
        .next()
        .children(0x31)
        .map(({ raw }) => raw),
    )
  }
  return tokens
}
