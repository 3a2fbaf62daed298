import { randomBytes } from 'node:crypto'
import { issueDocument, localRevocation, localTimestamper, paragraph, signPdf } from '@sapan/documents'
import {
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  generateSigner,
  issueDocumentCertificate,
  privateKeyOf,
  signerKey,
  uncertifiedKey,
} from '@sapan/trust'

const day = 86_400_000

/** A document signed at B-LTA by an authority of this test, and the root's certificate (DER). */
export async function signedDocument(): Promise<{ pdf: Uint8Array; unsigned: Uint8Array; root: Uint8Array }> {
  const now = Date.now()
  const fresh = () => generateSigner('ecdsa-p256-sha256')
  const free = (signer: ReturnType<typeof fresh>) => uncertifiedKey(privateKeyOf(signer))
  const named = (commonName: string) => ({ commonName, organization: 'กรมทดสอบ', country: 'TH' })
  const root = await createDocumentRoot(free(fresh()), { subject: named('Test root'), now, years: 5 })
  const issuer = await createDocumentIssuer(root, free(fresh()), {
    subject: named('Test issuer'),
    now,
    years: 5,
  })
  const chain = [issuer.certificate, root.certificate]
  const certify = async (
    signer: ReturnType<typeof fresh>,
    profile: 'document' | 'timestamping',
    name: string,
  ) => {
    const { publicKey } = free(signer)
    return issueDocumentCertificate(issuer, { profile, publicKey, subject: named(name), now, days: 30 })
  }
  const [signer, stamper] = [fresh(), fresh()]
  const certificate = await certify(signer, 'document', 'สมชาย ใจดี')
  const stamps = createTimestampAuthority({
    signer: stamper,
    certificate: await certify(stamper, 'timestamping', 'Test time-stamps'),
    chain,
    clock: Date.now,
    policy: '1.3.6.1.4.1.32473.1',
    nextSerial: () => BigInt(`0x${randomBytes(8).toString('hex')}`),
  })
  const crls = () =>
    Promise.all(
      [root, issuer].map((key) =>
        createCrl(key, { revoked: [], number: 1, now: Date.now(), nextUpdate: now + day }),
      ),
    )
  const { bytes: unsigned } = await issueDocument({
    language: 'th',
    title: 'หนังสือทดสอบ',
    author: 'กรมทดสอบ',
    created: now,
    body: [paragraph('ที่นี่ น้ำใส ปี่ ฝ้า ญู ฐู')],
    attachments: [],
  })
  const pdf = await signPdf(unsigned, {
    key: signerKey(signer, { certificate, chain }),
    level: 'B-LTA',
    time: Date.now(),
    timestamper: localTimestamper(stamps),
    revocation: localRevocation({ crls }),
  })
  return { pdf, unsigned, root: root.certificate }
}
