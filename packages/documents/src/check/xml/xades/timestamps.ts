import { joinBytes, sameBytes } from '../../../bytes.ts'
import { orUndefined, readAsn1, readFirst } from '../../asn1/read.ts'
import { readSignedData } from '../../cms/signed-data.ts'
import {
  noMaterial,
  type ProvenObjects,
  type TimestampInput,
  type TimestampKind,
  type ValidationMaterial,
} from '../../engine/signature.ts'
import { readTstInfo } from '../../timestamp/tst-info.ts'
import { readCanonicalMethod } from '../algorithms.ts'
import { decodeBase64 } from '../base64.ts'
import { canonicalise } from '../canonical/canonicalise.ts'
import { type CanonicalMethod, plainCanonical } from '../canonical/method.ts'
import { optionalChild, requiredAttribute, simpleText } from '../content.ts'
import { XmlError } from '../error.ts'
import { dsig, signedPropertiesType, xades, xades141 } from '../names.ts'
import type { XmlElement } from '../nodes.ts'
import type { XmlReference } from '../references.ts'
import { isPropertiesObject, type XmlSignature } from '../signature.ts'
import type { XmlSource } from '../source.ts'
import { octetsOf } from '../transforms.ts'
import { materialOf } from './material.ts'

/** Bytes that cannot be had: something that the time-stamp covers is missing or not understood. */
type Covered = readonly Uint8Array[] | undefined

interface Coverage {
  readonly covered: Covered
  /** The same things in another form, that other signers took the standard to mean. */
  readonly other?: Covered
  readonly proves: ProvenObjects
}

interface Place {
  readonly signature: XmlSignature
  readonly source: XmlSource
  readonly method: CanonicalMethod
}

const nothing: ProvenObjects = { signature: false, signedData: false, material: noMaterial, timestamps: [] }

/** The time-stamps of a signature, in the order of the document (EN 319 132-1 §5.2.8, §5.3, §5.5). */
export function xadesTimestamps(
  signature: XmlSignature,
  signed: readonly XmlElement[],
  unsigned: readonly XmlElement[],
  source: XmlSource,
): TimestampInput[] {
  const all = [...signed, ...unsigned].filter((one) => kinds.has(`${one.namespace} ${one.local}`))
  if (all.length > mostTimestamps) throw new XmlError('unsupported', 'too many time-stamps')
  const before = signed.flatMap((element) => readEach(element, [], signature, source))
  const after = unsigned.flatMap((element, at) => readEach(element, unsigned.slice(0, at), signature, source))
  return [...before, ...after].map((one, at) => ({ ...one, id: `${one.kind}-timestamp-${at + 1}` }))
}

/** Each is over all before it: what they cost grows with the square of their number. */
const mostTimestamps = 100

const kinds: ReadonlyMap<string, TimestampKind> = new Map([
  [`${xades} AllDataObjectsTimeStamp`, 'content'],
  [`${xades} IndividualDataObjectsTimeStamp`, 'content'],
  [`${xades} SignatureTimeStamp`, 'signature'],
  [`${xades} SigAndRefsTimeStamp`, 'references'],
  [`${xades141} SigAndRefsTimeStampV2`, 'references'],
  [`${xades} RefsOnlyTimeStamp`, 'references'],
  [`${xades141} RefsOnlyTimeStampV2`, 'references'],
  [`${xades141} ArchiveTimeStamp`, 'archive'],
])

/** One input for each token: several may be over the same. */
function readEach(
  element: XmlElement,
  earlier: readonly XmlElement[],
  signature: XmlSignature,
  source: XmlSource,
): Omit<TimestampInput, 'id'>[] {
  const kind = kinds.get(`${element.namespace} ${element.local}`)
  if (!kind) return []
  const { covered, other, proves } = coverage(kind, element, earlier, signature, source)
  return tokensOf(element).map((token) => ({
    kind,
    token,
    covered: covered && other ? fitting(token, [covered, other], source) : covered,
    proves,
  }))
}

export function tokensOf(element: XmlElement): Uint8Array[] {
  return element.all(xades, 'EncapsulatedTimeStamp').map((one) => decodeBase64(simpleText(one)))
}

function coverage(
  kind: TimestampKind,
  element: XmlElement,
  earlier: readonly XmlElement[],
  signature: XmlSignature,
  source: XmlSource,
): Coverage {
  const named = optionalChild(element, dsig, 'CanonicalizationMethod')
  const method = named ? readCanonicalMethod(named) : plainCanonical
  if (!method) return { covered: undefined, proves: nothing }
  const place = { signature, source, method }
  if (kind === 'content') return overContent(element, place)
  if (kind === 'signature')
    return { covered: [canonical(signature.signatureValue, place)], proves: { ...nothing, signature: true } }
  if (kind === 'references') return overReferences(element, earlier, place)
  return overAll(earlier, place)
}

function canonical(element: XmlElement, { method, source }: Place): Uint8Array {
  return canonicalise(element, method, source.budget)
}

/** §5.2.8.1: all that is signed but the properties themselves. §5.2.8.2: what is named. */
function overContent(element: XmlElement, place: Place): Coverage {
  const data = place.signature.references.filter(({ type }) => type !== signedPropertiesType)
  const chosen = element.local === 'AllDataObjectsTimeStamp' ? data : named(element, data)
  const covered = chosen && octetsOfEach(chosen, place)
  const signedData =
    covered !== undefined && chosen !== undefined && data.every((one) => chosen.includes(one))
  return { covered, proves: { ...nothing, signedData } }
}

function named(element: XmlElement, data: readonly XmlReference[]): XmlReference[] | undefined {
  const includes = element.all(xades, 'Include')
  const found = includes.map((include) => {
    const uri = requiredAttribute(include, 'URI')
    return data.find(({ id }) => id !== undefined && uri === `#${id}`)
  })
  const known = found.filter((one) => one !== undefined)
  return known.length === includes.length && known.length > 0 ? known : undefined
}

function octetsOfEach(references: readonly XmlReference[], { source, method }: Place): Covered {
  const pieces = references.map(({ data }) => data && octetsOf(data, method, source))
  const known = pieces.filter((piece) => piece !== undefined)
  return known.length === pieces.length ? known : undefined
}

const referring: ReadonlySet<string> = new Set([
  `${xades} CompleteCertificateRefs`,
  `${xades141} CompleteCertificateRefsV2`,
  `${xades} CompleteRevocationRefs`,
  `${xades} AttributeCertificateRefs`,
  `${xades141} AttributeCertificateRefsV2`,
  `${xades} AttributeRevocationRefs`,
])

/** §A.1.5: the signature value and its time-stamps with the references that came before; or those alone. */
function overReferences(element: XmlElement, earlier: readonly XmlElement[], place: Place): Coverage {
  const withSignature = element.local.startsWith('SigAndRefs')
  const stamps = earlier.filter((one) => withSignature && one.is(xades, 'SignatureTimeStamp'))
  const chosen = earlier.filter(
    (one) => stamps.includes(one) || referring.has(`${one.namespace} ${one.local}`),
  )
  const value = withSignature ? [canonical(place.signature.signatureValue, place)] : []
  const timestamps = stamps.flatMap(tokensOf)
  return {
    covered: [...value, ...chosen.map((one) => canonical(one, place))],
    proves: { ...nothing, signature: withSignature, timestamps },
  }
}

/** §5.5.2.2: what is signed, the signature, and all unsigned properties before this one. */
function overAll(earlier: readonly XmlElement[], place: Place): Coverage {
  const { signature } = place
  const data = octetsOfEach(signature.references, place)
  if (!data) return { covered: undefined, proves: nothing }
  const { signedInfo, signatureValue, keyInfo, references } = signature
  const objects = signature.objects.filter((object) => !isPropertiesObject(object))
  const unreferenced = objects.filter((object) => !references.some(({ target }) => target === object))
  const pieces = (elements: readonly XmlElement[]) => elements.map((one) => canonical(one, place))
  const own = [signedInfo, signatureValue, ...(keyInfo ? [keyInfo] : []), ...earlier]
  const common = [...data, ...pieces(own)]
  const material: ValidationMaterial = materialOf(earlier)
  return {
    covered: [...common, ...pieces(unreferenced)],
    // TS 101 903 had all objects in it, whether a reference covers them already or not; many still write it so.
    ...(unreferenced.length < objects.length ? { other: [...common, ...pieces(objects)] } : {}),
    proves: {
      signature: true,
      signedData: true,
      material: { ...material, certificates: [...signature.certificates, ...material.certificates] },
      timestamps: earlier.filter((one) => kinds.has(`${one.namespace} ${one.local}`)).flatMap(tokensOf),
    },
  }
}

/** The form of which the token has the digest; the first when of none. */
function fitting(
  token: Uint8Array,
  forms: readonly (readonly Uint8Array[])[],
  { budget }: XmlSource,
): TimestampInput['covered'] {
  return async (algorithm, digest) => {
    const imprint = orUndefined(() => {
      const { content } = readSignedData(readFirst(token, budget.work))
      return content && readTstInfo(readAsn1(joinBytes(content), budget.work)).imprint
    })
    for (const form of forms)
      if (imprint && sameBytes(await digest(algorithm, joinBytes(form)), imprint)) return form
    return forms[0]
  }
}
