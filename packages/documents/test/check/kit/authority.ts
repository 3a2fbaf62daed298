import { ca, certify, documentSigning, eku, ku, name, timeStamping } from './certificates.ts'
import { type KeyKind, key } from './keys.ts'
import { crl, ocsp } from './revocation.ts'
import { day, hour, now, year } from './times.ts'

/** A root, an issuer, and who is below. All valid from a year ago to a year from now. */
export function authority(kind: KeyKind = 'p256', label = '') {
  const root = certify({
    name: name(`Root${label}`),
    key: key(kind, `root${label}`),
    extensions: [ca(), ku(5, 6)],
    to: now + 20 * year,
  })
  const issuer = certify({
    name: name(`Issuer${label}`),
    key: key(kind, `issuer${label}`),
    issuer: root,
    extensions: [ca(0), ku(5, 6)],
    to: now + 10 * year,
  })
  const signer = certify({
    name: name('สมชาย ใจดี', { '2.5.4.6': 'TH', '2.5.4.10': 'กรมการปกครอง' }),
    key: key(kind, `signer${label}`),
    issuer,
    extensions: [ku(0, 1), eku(false, documentSigning)],
  })
  const tsa = certify({
    name: name(`TSA${label}`),
    key: key(kind, `tsa${label}`),
    issuer,
    extensions: [ku(0), eku(true, timeStamping)],
    to: now + 5 * year,
  })
  return { root, issuer, signer, tsa }
}

export type Authority = ReturnType<typeof authority>

/** What says that nobody of the authority is revoked. */
export function quiet({ root, issuer, signer, tsa }: Authority, at = now - hour) {
  return {
    crls: [crl({ issuer: root, at, next: at + 30 * day }), crl({ issuer, at, next: at + day })],
    ocsps: [ocsp({ issuer, about: signer, at }), ocsp({ issuer, about: tsa, at })],
  }
}
