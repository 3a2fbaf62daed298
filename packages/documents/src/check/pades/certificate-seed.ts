import { sameBytes } from '../../bytes.ts'
import type { CertificateSeed, CertificateSeedKey } from '../../pdf/index.ts'
import type { Certificate } from '../certificates/certificate.ts'

/** Attributes of names by what people write for them (RFC 4519, RFC 5280 appendix A). */
const attributeOids: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  TITLE: '2.5.4.12',
  T: '2.5.4.12',
  GN: '2.5.4.42',
  GIVENNAME: '2.5.4.42',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  E: '1.2.840.113549.1.9.1',
  EMAIL: '1.2.840.113549.1.9.1',
}

/** How a certificate is read; undefined for what is none. */
type Read = (der: Uint8Array) => Certificate | undefined

/**
 * Which demand of the field on the signer's certificate (ISO 32000-2, table 238) it does not meet, if any. The path:
 * the signer's certificate first, then those above it.
 */
export function unmetCertificateDemand(
  { required, subjects, issuers, policies, names, keyUsages }: CertificateSeed,
  [signer, ...above]: readonly Certificate[],
  read: Read,
): CertificateSeedKey | 'missing' | undefined {
  if (!signer) return 'missing'
  const isOneOf = (listed: readonly Uint8Array[], one: Certificate) =>
    listed.some((der) => isSameCertificate(read, der, one))
  if (required.has('Subject') && subjects && !isOneOf(subjects, signer)) return 'Subject'
  if (required.has('Issuer') && issuers && !above.some((one) => isOneOf(issuers, one))) return 'Issuer'
  if (required.has('OID') && policies?.some((policy) => !signer.extensions.policies?.includes(policy)))
    return 'OID'
  if (required.has('SubjectDN') && names && !names.some((name) => hasAttributes(signer, name)))
    return 'SubjectDN'
  if (required.has('KeyUsage') && keyUsages && !keyUsages.some((usage) => hasUsage(signer, usage)))
    return 'KeyUsage'
  return required.has('Reserved') ? 'Reserved' : undefined
}

/** The same, or one of the same issuer with the same number. */
function isSameCertificate(read: Read, der: Uint8Array, one: Certificate): boolean {
  if (sameBytes(der, one.der)) return true
  const listed = read(der)
  return listed !== undefined && sameBytes(listed.serial, one.serial) && listed.issuer.key === one.issuer.key
}

function hasAttributes({ subject }: Certificate, name: ReadonlyMap<string, string>): boolean {
  return [...name].every(([key, text]) =>
    subject.values(attributeOids[key.toUpperCase()] ?? key).includes(text),
  )
}

/** The bits of keyUsage in order; what the text does not reach may be anything. */
function hasUsage({ extensions }: Certificate, text: string): boolean {
  return [...text.slice(0, 9)].every((character, bit) => {
    const isSet = extensions.keyUsage?.has(bit) ?? false
    return character === '1' ? isSet : character === '0' ? !isSet : true
  })
}
