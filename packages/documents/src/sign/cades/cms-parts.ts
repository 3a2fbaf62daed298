import { der } from '@sapan/trust'

const { DerError, DerSequence, explicit, integer, oid, oids, readDer, retagged, sequence, setOf } = der

/** A SignedData of one signer (RFC 5652 §5), each part as it lies in the file, so that digests of parts stay right. */
export interface CmsParts {
  readonly version: bigint
  readonly digestAlgorithms: Buffer
  readonly encapsulated: Buffer
  readonly contentType: Buffer
  readonly certificates: readonly Buffer[]
  readonly revocations: readonly Buffer[]
  /** The fields of the SignerInfo but the unsigned attributes. */
  readonly signer: readonly Buffer[]
  readonly signature: Buffer
  /** Whole unsigned attributes. */
  readonly unsigned: readonly Buffer[]
}

/** Reads a signature or a token in DER. Throws DerError, also for several signers in one. */
export function readCmsParts(cms: Uint8Array): CmsParts {
  const outer = new DerSequence(readDer(cms))
  if (outer.next().oid() !== oids.signedData) throw new DerError('not SignedData')
  const parts = new DerSequence(outer.next().only(0xa0))
  const version = parts.next().integer()
  const digestAlgorithms = parts.next().raw
  const encapsulated = parts.next()
  const certificates = rawChildren(parts.optional(0xa0))
  const revocations = rawChildren(parts.optional(0xa1))
  const fields = parts.next().only(0x31).children(0x30)
  const unsigned = fields.at(-1)?.tag === 0xa1 ? fields.pop() : undefined
  return {
    version,
    digestAlgorithms,
    encapsulated: encapsulated.raw,
    contentType: new DerSequence(encapsulated).next().raw,
    certificates,
    revocations,
    signer: fields.map(({ raw }) => raw),
    signature: fields.at(-1)?.octets() ?? Buffer.alloc(0),
    unsigned: rawChildren(unsigned),
  }
}

function rawChildren(element: der.DerElement | undefined): Buffer[] {
  return element?.children().map(({ raw }) => raw) ?? []
}

/** The values of an unsigned attribute of that type, of all of them if there are several. */
export function unsignedValues({ unsigned }: CmsParts, type: string): Buffer[] {
  return unsigned.flatMap((each) => {
    const parts = new DerSequence(readDer(each))
    return parts.next().oid() === type
      ? parts
          .next()
          .children(0x31)
          .map(({ raw }) => raw)
      : []
  })
}

/** Puts the parts together again. Revocation data of another format than a CRL makes it version 5 (§5.1). */
export function writeCmsParts(parts: CmsParts): Buffer {
  const hasOthers = parts.revocations.some(([tag]) => tag === 0xa1)
  const signer = sequence(...parts.signer, ...optionalSet(0xa1, parts.unsigned))
  const inner = sequence(
    hasOthers ? integer(5) : integer(parts.version),
    parts.digestAlgorithms,
    parts.encapsulated,
    ...optionalSet(0xa0, parts.certificates),
    ...optionalSet(0xa1, parts.revocations),
    setOf(signer),
  )
  return sequence(oid(oids.signedData), explicit(0, inner))
}

function optionalSet(tag: number, members: readonly Buffer[]): Buffer[] {
  return members.length === 0 ? [] : [retagged(tag, setOf(...members))]
}
