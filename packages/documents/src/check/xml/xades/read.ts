import { merged } from '../../cms/material.ts'
import { type Flaw, noMaterial, type Remark, type SignatureInput } from '../../engine/signature.ts'
import { optionalChild } from '../content.ts'
import { XmlError } from '../error.ts'
import { dsig, xades } from '../names.ts'
import { isWithin, withDescendants, type XmlElement } from '../nodes.ts'
import { signedReference, type XmlReference } from '../references.ts'
import { isPropertiesObject, readXmlSignature, type XmlSignature } from '../signature.ts'
import type { XmlSource } from '../source.ts'
import { materialOf } from './material.ts'
import { propertiesReference, readSignedProperties } from './signed-properties.ts'
import { xadesTimestamps } from './timestamps.ts'

/** A signature in XML, for the engine, and what it is over. */
export interface XadesSignature {
  readonly input: SignatureInput
  /** The references to what people signed: not to the signature's own properties or key. */
  readonly data: readonly XmlReference[]
  readonly scope: 'whole-file' | 'partial' | 'detached'
}

/** The signatures of a document, but for countersignatures, which lie in the properties of others. */
export function signatureElements(source: XmlSource): XmlElement[] {
  const found: XmlElement[] = []
  for (const element of withDescendants(source.document.root)) {
    if (element.is(dsig, 'Signature') && !element.parent?.is(xades, 'CounterSignature')) found.push(element)
  }
  return found
}

/**
 * Reads one ds:Signature; a countersignature where it is over the value of `countersigned`. Whatever is wrong with it is
 * among its flaws; throws nothing but `TooMuchWork`.
 */
export function readXadesSignature(
  element: XmlElement,
  id: string,
  source: XmlSource,
  countersigned?: XmlSignature,
): XadesSignature {
  try {
    return read(element, id, source, countersigned)
  } catch (error) {
    if (error instanceof XmlError) return unreadable(id, error)
    throw error
  }
}

function read(
  element: XmlElement,
  id: string,
  source: XmlSource,
  countersigned: XmlSignature | undefined,
): XadesSignature {
  const signature = readXmlSignature(element, source)
  const properties = readSignedProperties(signature, source.budget)
  const unsigned = unsignedProperties(signature)
  const { certificates, scheme, value, signedBytes } = signature
  const [hint] = certificates
  const data = dataReferences(signature)
  const isKeySigned = signature.references.some(
    ({ target }) => target !== undefined && target === signature.keyInfo,
  )
  const { policy, claimedAt, location, certificateReferences } = properties
  return {
    input: {
      id,
      format: 'xades',
      flaws: dataFlaws(data, countersigned),
      scheme,
      value,
      signedBytes,
      references: [...signature.references, ...signature.listed].map((one) => signedReference(one, source)),
      signerHint: hint && { kind: 'certificate', certificate: hint },
      certificateReferences,
      // A key that is signed as a whole binds its certificates as well.
      needsCertificateReference: !isKeySigned,
      ...(policy ? { policy } : {}),
      ...(claimedAt === undefined ? {} : { claimedAt }),
      ...(location === undefined ? {} : { location }),
      isBaseline: certificateReferences.length > 0 && claimedAt !== undefined,
      material: merged([{ ...noMaterial, certificates }, materialOf(unsigned)]),
      timestamps: xadesTimestamps(signature, properties.timestamps, unsigned, source).map((one) => ({
        ...one,
        id: `${id}-${one.id}`,
      })),
      countersignatures: countersigned ? [] : countersignatures(signature, unsigned, id, source),
      remarks: remarks(unsigned, countersigned !== undefined),
    },
    data,
    scope: scopeOf(signature, data, source),
  }
}

function dataFlaws(data: readonly XmlReference[], countersigned: XmlSignature | undefined): Flaw[] {
  if (data.length === 0)
    return [flaw('SIGNED_DATA_NOT_FOUND', 'signed-data-found', 'only its own properties')]
  const isOver = ({ target }: XmlReference) => target === countersigned?.signatureValue
  if (!countersigned || data.some(isOver)) return []
  return [flaw('FORMAT_FAILURE', 'signed-data-found', 'not over the signature in which it lies')]
}

const mostCountersigners = 20

function countersignatureElements(unsigned: readonly XmlElement[]): XmlElement[] {
  return unsigned
    .filter((property) => property.is(xades, 'CounterSignature'))
    .flatMap((property) => property.all(dsig, 'Signature'))
}

/** CounterSignature (EN 319 132-1 §5.2.7.2): signatures over this one's SignatureValue. */
function countersignatures(
  signature: XmlSignature,
  unsigned: readonly XmlElement[],
  id: string,
  source: XmlSource,
): SignatureInput[] {
  const elements = countersignatureElements(unsigned).slice(0, mostCountersigners)
  return elements.map(
    (element, at) => readXadesSignature(element, `${id}-countersignature-${at + 1}`, source, signature).input,
  )
}

/** EN 319 132-1 §5.5 and annex A: the properties that can be added later. */
function unsignedProperties({ qualifyingProperties }: XmlSignature): XmlElement[] {
  const unsigned = qualifyingProperties && optionalChild(qualifyingProperties, xades, 'UnsignedProperties')
  const own = unsigned && optionalChild(unsigned, xades, 'UnsignedSignatureProperties')
  return own?.elements() ?? []
}

function dataReferences(signature: XmlSignature): XmlReference[] {
  const properties = propertiesReference(signature)
  const { keyInfo, qualifyingProperties } = signature
  const isOwn = ({ target }: XmlReference) =>
    target !== undefined &&
    target !== 'file' &&
    target.kind === 'element' &&
    [keyInfo, qualifyingProperties].some((part) => part !== undefined && isWithin(target, part))
  const all = [...signature.references, ...signature.listed]
  return all.filter((one) => one !== properties && !isOwn(one))
}

/** Whether it is over all of the XML file that it lies in, over parts of it, or over files beside. */
function scopeOf(
  { element, objects }: XmlSignature,
  data: readonly XmlReference[],
  { document }: XmlSource,
): XadesSignature['scope'] {
  const covers = (part: XmlElement) => data.some(({ target }) => target === part)
  // An instruction beside the element (a style sheet) can change what is seen.
  const isAlone = document.children.every(({ kind }) => kind !== 'instruction')
  if (data.some(({ target }) => target === document) || (isAlone && covers(document.root)))
    return 'whole-file'
  const isEnveloping = element === document.root && data.some(({ target }) => target !== 'file')
  if (isEnveloping && objects.every((object) => isPropertiesObject(object) || covers(object)))
    return 'whole-file'
  return data.every(({ target }) => target === 'file' || target === undefined) ? 'detached' : 'partial'
}

/** What is there and not counted. */
function remarks(unsigned: readonly XmlElement[], isCountersignature: boolean): Remark[] {
  const found = new Set<Remark['code']>()
  const others = countersignatureElements(unsigned).length
  if (others > (isCountersignature ? 0 : mostCountersigners)) found.add('counter-signature-unchecked')
  for (const property of unsigned) {
    if (property.is(xades, 'ArchiveTimeStamp')) found.add('archive-timestamp-old')
    if (evidence.has(property.local)) found.add('evidence-record')
    if (property.all(xades, 'XMLTimeStamp').length > 0) found.add('timestamp-ignored')
  }
  return [...found].map((code) => ({ code }))
}

/** EN 319 132-2 §5.3 (SealingEvidenceRecords), RFC 6283 (EvidenceRecord), whatever their namespace's edition. */
const evidence: ReadonlySet<string> = new Set(['SealingEvidenceRecords', 'EvidenceRecord'])

function flaw(why: Flaw['why'], check: Flaw['check'], detail: string): Flaw {
  return { why, check, detail }
}

/** What a transform or method that is refused does not make wrong, only unproved. */
function unreadable(id: string, { code, message }: XmlError): XadesSignature {
  const why = code === 'unsupported' ? 'SIG_CONSTRAINTS_FAILURE' : 'FORMAT_FAILURE'
  return {
    input: flawedInput(id, flaw(why, 'format-readable', message)),
    data: [],
    scope: 'partial',
  }
}

/** A signature of which nothing can be told but what is wrong with it. */
export function flawedInput(id: string, ...flaws: readonly Flaw[]): SignatureInput {
  return {
    id,
    format: 'xades',
    flaws,
    scheme: undefined,
    value: new Uint8Array(),
    signedBytes: new Uint8Array(),
    references: [],
    signerHint: undefined,
    certificateReferences: [],
    needsCertificateReference: true,
    isBaseline: false,
    material: noMaterial,
    timestamps: [],
  }
}
