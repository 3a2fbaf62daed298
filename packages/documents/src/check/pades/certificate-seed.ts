import type { CertificateSeed } from '../../pdf/index.ts'
import { sameBytes } from '../asn1/read.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { Run } from '../run.ts'

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

/** Which demand of the field on the signer's certificate (ISO 32000-2, table 238) it does not meet, if any. */
export function certificateSeedFault(
  run: Run,
  { required, subjects, issuers, policies, names, keyUsages }: CertificateSeed,
  [signer, ...above]: readonly Certificate[],
): string | undefined {
  if (!signer) return 'no certificate'
  const isOneOf = (listed: readonly Uint8Array[], one: Certificate) =>
    listed.some((der) => isSameCertificate(run, der, one))
  if (required.has('Subject') && subjects && !isOneOf(subjects, signer))
    return 'another certificate is demanded'
  if (required.has('Issuer') && issuers && !above.some((one) => isOneOf(issuers, one)))
    return 'a certificate of another authority is demanded'
  if (required.has('OID') && policies?.some((policy) => !signer.extensions.policies?.includes(policy)))
    return 'a certificate under another policy is demanded'
  if (required.has('SubjectDN') && names && !names.some((name) => hasAttributes(signer, name)))
    return 'a certificate of another name is demanded'
  if (required.has('KeyUsage') && keyUsages && !keyUsages.some((usage) => hasUsage(signer, usage)))
    return 'a certificate with another key usage is demanded'
  return required.has('Reserved') ? 'a demand on the certificate that is not known here' : undefined
}

/** The same, or one of the same issuer with the same number. */
function isSameCertificate(run: Run, der: Uint8Array, one: Certificate): boolean {
  if (sameBytes(der, one.der)) return true
  const listed = run.certificate(der)
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
