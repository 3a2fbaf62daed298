import { joinBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import type { CertificateReference, Flaw, SignedReference } from '../engine/signature.ts'
import type { SignedObject } from '../engine/signer.ts'
import { cardinalityFault } from './attribute-rules.ts'
import { certificateReferences } from './ess.ts'
import { onlyValue, type SignedData, type SignerInfo } from './signed-data.ts'

export interface CmsSignatureOptions {
  /** What is signed, in pieces; undefined when it is not at hand. */
  readonly content: readonly Uint8Array[] | undefined
  /** CAdES and time-stamps demand signed attributes; plain CMS does not. */
  readonly isAttributesNeeded: boolean
  /** Whether the signing certificate must be named in what is signed. */
  readonly isReferenceNeeded: boolean
  /** It is over a signature value: that has no content type (RFC 5652 §11.4). */
  readonly isCounter?: boolean
}

/** One signer of CMS as the engine sees it (RFC 5652 §5.4, §5.6; EN 319 122-1 §5). */
export function cmsSignature(
  signed: SignedData,
  signer: SignerInfo,
  options: CmsSignatureOptions,
): SignedObject {
  const flaws: Flaw[] = []
  const flaw = (check: Flaw['check'], detail: string, why: Flaw['why'] = 'FORMAT_FAILURE') => {
    flaws.push({ why, check, detail })
  }
  if (!signer.isSignedDer) flaw('signed-attributes', 'they are not DER')
  const cardinality = cardinalityFault(signer.signed ?? [])
  if (cardinality) flaw('signed-attributes', cardinality)
  if (signer.mismatch) flaw('signed-attributes', signer.mismatch)
  const { references, expected } = readSignedAttributes(
    options.isCounter ? undefined : signed.contentType,
    signer,
    flaw,
  )
  const needsCertificateReference = options.isReferenceNeeded
  if (options.isReferenceNeeded && signer.signed && references.length === 0) {
    flaw('signing-certificate-reference', 'no signing-certificate attribute', 'SIG_CONSTRAINTS_FAILURE')
  }
  if (!signer.signed) {
    if (options.isAttributesNeeded) flaw('signed-attributes', 'there are none')
    // A signature over attributes can be passed off as one over content that looks like them.
    else if (options.content?.find(({ length }) => length > 0)?.[0] === 0x31)
      flaw('signed-attributes', 'content that may be signed attributes')
  }
  return {
    flaws,
    scheme: signer.scheme,
    value: signer.value,
    signedBytes: signer.signedBytes ?? joinBytes(options.content ?? []),
    references: [contentReference(signer, expected, options.content)],
    signerHint: signer.hint,
    certificateReferences: references,
    needsCertificateReference,
  }
}

function contentReference(
  { digestAlgorithm }: SignerInfo,
  expected: Uint8Array | undefined,
  content: readonly Uint8Array[] | undefined,
): SignedReference {
  return { name: 'content', algorithm: digestAlgorithm, expected, content }
}

interface ReadAttributes {
  readonly expected: Uint8Array | undefined
  readonly references: readonly CertificateReference[]
}

function readSignedAttributes(
  contentType: string | undefined,
  { signed }: SignerInfo,
  flaw: (check: Flaw['check'], detail: string) => void,
): ReadAttributes {
  if (!signed) return { expected: undefined, references: [] }
  try {
    const type = onlyValue(signed, oids.contentType)?.oid()
    const expected = onlyValue(signed, oids.messageDigest)?.octets()
    if (type === undefined && contentType !== undefined) flaw('signed-attributes', 'no content type')
    else if (type !== contentType) flaw('signed-attributes', 'another content type')
    if (!expected) flaw('signed-attributes', 'no message digest')
    return { expected, references: certificateReferences(signed) }
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    flaw('signed-attributes', error.message)
    return { expected: undefined, references: [] }
  }
}
