import { digestBytes } from '../crypto/algorithms.ts'
import type { DigestName, SignatureScheme } from '../crypto/port.ts'
import { type CanonicalMethod, canonicalMethod, exclusiveNamespace } from './canonical/method.ts'
import { optionalChild, requiredAttribute, simpleText } from './content.ts'
import { XmlError } from './error.ts'
import { dsig } from './names.ts'
import type { XmlElement } from './nodes.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const newer = 'http://www.w3.org/2007/05/xmldsig-more#'
const newest = 'http://www.w3.org/2021/04/xmldsig-more#'

/** RFC 9231 §2.1, XML Encryption §5.8. */
const digests: ReadonlyMap<string, DigestName> = new Map([
  [`${dsig}sha1`, 'sha1'],
  [`${more}md5`, 'md5'],
  ['http://www.w3.org/2001/04/xmlenc#ripemd160', 'ripemd160'],
  [`${more}sha224`, 'sha224'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${more}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
  [`${newer}sha3-224`, 'sha3-224'],
  [`${newer}sha3-256`, 'sha3-256'],
  [`${newer}sha3-384`, 'sha3-384'],
  [`${newer}sha3-512`, 'sha3-512'],
])

const spelled: Readonly<Record<string, DigestName>> = {
  md5: 'md5',
  sha1: 'sha1',
  ripemd160: 'ripemd160',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
}

/** RFC 9231 §2.3: every scheme with an identifier of its own. Values of ECDSA are r and s, without DER. */
const schemes: ReadonlyMap<string, SignatureScheme> = new Map(
  Object.entries(spelled).flatMap(([name, digest]): [string, SignatureScheme][] => {
    const pss: SignatureScheme = {
      family: 'rsa-pss',
      digest,
      maskDigest: digest,
      saltLength: digestBytes[digest],
    }
    const ecdsa: SignatureScheme = { family: 'ecdsa', digest, raw: true }
    const rsa: SignatureScheme = { family: 'rsa-pkcs1', digest }
    return [
      [`${name === 'sha1' ? dsig : more}rsa-${name}`, rsa],
      [`${newer}${name}-rsa-MGF1`, pss],
      [`${name.startsWith('sha3-') ? newest : name === 'ripemd160' ? newer : more}ecdsa-${name}`, ecdsa],
    ]
  }),
)

const edwards = new Set([`${newest}eddsa-ed25519`, `${newest}eddsa-ed448`])

/** The digest of a ds:DigestMethod; undefined for unknown ones. */
export function readDigestMethod(element: XmlElement): DigestName | undefined {
  return digests.get(requiredAttribute(element, 'Algorithm'))
}

/** The scheme of a ds:SignatureMethod; undefined for unknown ones, keyed digests among them. */
export function readSignatureMethod(element: XmlElement): SignatureScheme | undefined {
  const name = requiredAttribute(element, 'Algorithm')
  if (optionalChild(element, dsig, 'HMACOutputLength')) throw new XmlError('malformed', 'a length of HMAC')
  if (edwards.has(name)) return { family: 'eddsa' }
  if (name === `${newer}rsa-pss`) return readPss(optionalChild(element, newer, 'RSAPSSParams'))
  return schemes.get(name)
}

/** RSASSA-PSS with parameters (RFC 9231 §2.3.9). */
function readPss(parameters: XmlElement | undefined): SignatureScheme | undefined {
  const digestMethod = parameters && optionalChild(parameters, dsig, 'DigestMethod')
  const mask = parameters && optionalChild(parameters, newer, 'MaskGenerationFunction')
  const maskMethod = mask && optionalChild(mask, dsig, 'DigestMethod')
  const salt = parameters && optionalChild(parameters, newer, 'SaltLength')
  const trailer = parameters && optionalChild(parameters, newer, 'TrailerField')
  if (trailer && simpleText(trailer) !== '1')
    throw new XmlError('malformed', 'the trailer of a PSS signature')
  const digest = digestMethod ? readDigestMethod(digestMethod) : 'sha256'
  const maskDigest = maskMethod ? readDigestMethod(maskMethod) : digest
  if (!digest || !maskDigest) return undefined
  const saltLength = salt ? Number(simpleText(salt)) : digestBytes[digest]
  if (!Number.isInteger(saltLength) || saltLength < 0 || saltLength > 512)
    throw new XmlError('malformed', 'the salt of a PSS signature')
  return { family: 'rsa-pss', digest, maskDigest, saltLength }
}

/** The method of a ds:CanonicalizationMethod or ds:Transform, with its parameters; undefined for others. */
export function readCanonicalMethod(element: XmlElement): CanonicalMethod | undefined {
  const method = canonicalMethod(requiredAttribute(element, 'Algorithm'))
  if (method?.kind !== 'exclusive') return method
  const named = optionalChild(element, exclusiveNamespace, 'InclusiveNamespaces')
  const list = named?.attribute('PrefixList')?.trim()
  if (!list) return method
  const inclusivePrefixes = list.split(/[ \t\n]+/).map((prefix) => (prefix === '#default' ? '' : prefix))
  return { ...method, inclusivePrefixes }
}
