import { createPrivateKey, createPublicKey } from 'node:crypto'
import {
  createDocumentIssuer,
  createDocumentRoot,
  generateKey,
  issueDocumentCertificate,
  uncertifiedKey,
} from '@sapan/trust'
import type { DocumentAuthority } from '../authority.ts'
import type { HostileFile } from './case.ts'
import { type Element, inside, messageOf, read, replace, withMessage, written } from './messages.ts'

const day = 86_400_000

/** Positions in ContentInfo (RFC 5652): SignedData, its certificates, its only SignerInfo. */
const signedData = (message: Element): Element => inside(message, 1, 0)
const certificatesOf = (message: Element): Element => {
  const found = signedData(message).parts?.find(({ tag }) => tag === 0xa0)
  if (!found) throw new Error('no certificates')
  return found
}
const signerInfo = (message: Element): Element => {
  const infos = signedData(message).parts?.at(-1)
  if (!infos) throw new Error('no signer')
  return inside(infos, 0)
}

/**
 * Certificates and parts of the CMS that are not under the signature's own digest are others. `signed` is of the
 * authority; `other` is a file of another signature by it.
 */
export async function substitutions(
  authority: DocumentAuthority,
  signed: Buffer,
  other: Buffer,
): Promise<HostileFile[]> {
  const twin = await twinCertificate(authority)
  const stranger = await strangersCertificate(authority)
  const changed = (
    name: string,
    about: string,
    change: (message: Element) => unknown,
    must: HostileFile['must'] = 'refused',
  ): HostileFile => {
    const message = read(messageOf(signed))
    change(message)
    return { family: 'substitutions', name, about, must, bytes: withMessage(signed, written(message)) }
  }
  return [
    changed('twin', 'another certificate for the same key, by the same issuer, and the pointer to it', (m) =>
      substitute(m, authority.signer.certificate, twin),
    ),
    changed(
      'stranger',
      'a certificate with the same names for the same key, by an issuer that nobody knows',
      (m) => substitute(m, authority.signer.certificate, stranger),
    ),
    changed('without-certificates', 'the CMS has no certificates', (m) => {
      const data = signedData(m)
      data.parts?.splice(data.parts.indexOf(certificatesOf(m)), 1)
    }),
    changed(
      'certificates-reordered',
      'the CMS’s certificates stand in another order',
      (m) => certificatesOf(m).parts?.reverse(),
      'either',
    ),
    changed('signer-twice', 'the same signer stands there twice', (m) => {
      const infos = signedData(m).parts?.at(-1)
      const { tag, content, parts = [] } = signerInfo(m)
      infos?.parts?.push({ tag, content, parts: parts.filter((part) => part.tag !== 0xa1) })
      // Room for it: the certificates are in the DSS too.
      certificatesOf(m).parts?.splice(1)
    }),
    changed('no-signers', 'nobody signed', (m) => {
      signedData(m).parts?.at(-1)?.parts?.splice(0)
    }),
    changed('digest-name', 'the digest’s algorithm is named SHA-1', (m) => {
      const at = signerInfo(m).parts?.findIndex((part, index) => index > 1 && part.tag === 0x30) ?? -1
      replace(signerInfo(m), at, read(Buffer.from('300906052b0e03021a0500', 'hex')))
    }),
    changed('other-value', 'the value is that of another signature by the same key', (m) => {
      const theirs = signerInfo(read(messageOf(other)))
      const value = theirs.parts?.find(({ tag }) => tag === 0x04)
      const at = signerInfo(m).parts?.findIndex(({ tag }) => tag === 0x04) ?? -1
      if (value) replace(signerInfo(m), at, value)
    }),
    ...timestampCases(changed, other),
    {
      family: 'substitutions',
      name: 'other-message',
      about: 'the whole CMS is that of another file by the same signer',
      must: 'refused',
      bytes: withMessage(signed, messageOf(other)),
    },
  ]
}

type Changed = (
  name: string,
  about: string,
  change: (message: Element) => unknown,
  must?: HostileFile['must'],
) => HostileFile

function timestampCases(changed: Changed, other: Buffer): HostileFile[] {
  const unsigned = (m: Element): Element | undefined => signerInfo(m).parts?.find(({ tag }) => tag === 0xa1)
  if (!unsigned(read(messageOf(other)))) return []
  return [
    changed('timestamp-of-other', 'the time-stamp is that of another signature', (m) => {
      const theirs = unsigned(read(messageOf(other)))
      const at = signerInfo(m).parts?.findIndex(({ tag }) => tag === 0xa1) ?? -1
      if (theirs) replace(signerInfo(m), at, theirs)
    }),
    changed(
      'timestamp-removed',
      'the time-stamp is gone',
      (m) => {
        signerInfo(m).parts?.splice(signerInfo(m).parts?.findIndex(({ tag }) => tag === 0xa1) ?? -1, 1)
      },
      'either',
    ),
  ]
}

function substitute(message: Element, old: Uint8Array, by: Uint8Array): void {
  const certificates = certificatesOf(message)
  const at = certificates.parts?.findIndex((each) => written(each).equals(old)) ?? -1
  if (at < 0) throw new Error('the signer’s certificate is not there')
  const certificate = read(Buffer.from(by))
  replace(certificates, at, certificate)
  // TBSCertificate: version, serialNumber, signature, issuer.
  const [serial, issuer] = [inside(certificate, 0, 1), inside(certificate, 0, 3)]
  replace(signerInfo(message), 1, { tag: 0x30, content: Buffer.alloc(0), parts: [issuer, serial] })
}

const names = { commonName: 'สมชาย ใจดี', organization: 'กรมทดสอบ', country: 'TH' }

function twinCertificate({ issuer, pem }: DocumentAuthority): Promise<Buffer> {
  const publicKey = createPublicKey(pem.signer)
  const now = Date.now() - day
  return issueDocumentCertificate(issuer, { publicKey, subject: names, now, days: 365, serial: 2002n })
}

async function strangersCertificate({ pem, kind }: DocumentAuthority): Promise<Buffer> {
  const now = Date.now() - day
  const subject = (commonName: string) => ({ ...names, commonName })
  const free = () => generateKey('ecdsa-sha256')
  const root = await createDocumentRoot(free(), { subject: subject(`Root ${kind}`), now, years: 20 })
  const options = { subject: subject(`Issuer ${kind}`), now, years: 10 }
  const issuer = await createDocumentIssuer(root, free(), options)
  const { publicKey } = uncertifiedKey(createPrivateKey(pem.signer))
  return issueDocumentCertificate(issuer, { publicKey, subject: names, now, days: 365, serial: 1001n })
}
