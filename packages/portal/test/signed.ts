import { randomBytes } from 'node:crypto'
import {
  type ContainerFile,
  createAsice,
  dataAttachments,
  issueDocument,
  localRevocation,
  localTimestamper,
  paragraph,
  readyTemplates,
  type SigningOptions,
  shippedTemplates,
  signCades,
  signPdf,
} from '@sapan/documents'
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
import type { DocumentWords } from '../src/checking/agreement.ts'

const day = 86_400_000

/** An authority of this test, who signs at B-LTA what it is given. */
export interface TestAuthority {
  /** DER. */
  readonly root: Uint8Array
  sign(pdf: Uint8Array): Promise<Uint8Array>
  container(files: readonly ContainerFile[]): Promise<Uint8Array>
  detached(content: Uint8Array): Promise<Uint8Array>
}

export async function testAuthority(): Promise<TestAuthority> {
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
  const options = (): SigningOptions => ({
    key: signerKey(signer, { certificate, chain }),
    level: 'B-LTA',
    time: Date.now(),
    timestamper: localTimestamper(stamps),
    revocation: localRevocation({ crls }),
  })
  return {
    root: root.certificate,
    sign: (pdf) => signPdf(pdf, options()),
    container: (files) => createAsice(files, options()),
    detached: (content) => signCades(content, options()),
  }
}

/** A document signed at B-LTA by an authority of this test, and the root's certificate (DER). */
export async function signedDocument(): Promise<{ pdf: Uint8Array; unsigned: Uint8Array; root: Uint8Array }> {
  const authority = await testAuthority()
  const unsigned = await plainDocument()
  return { pdf: await authority.sign(unsigned), unsigned, root: authority.root }
}

export async function plainDocument(): Promise<Uint8Array> {
  const { bytes } = await issueDocument({
    language: 'th',
    title: 'หนังสือทดสอบ',
    author: 'กรมทดสอบ',
    created: Date.now(),
    body: [paragraph('ที่นี่ น้ำใส ปี่ ฝ้า ญู ฐู')],
    attachments: [],
  })
  return bytes
}

/** Words that can be printed, each its own. */
export const testWords: DocumentWords = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [
    name,
    Object.fromEntries(words.map((key) => [key, `คำ ${key}`])),
  ]),
)

/** A document of one of our templates; with other data inside than on its pages, where that is asked for. */
export async function templateDocument(
  name: string,
  other: Record<string, unknown> = {},
): Promise<Uint8Array> {
  const ready = readyTemplates(shippedTemplates, testWords).get(name)
  if (ready === undefined) throw new Error(`there is no ${name}`)
  const { template } = ready
  const created = Date.now()
  const data = { ...Object(template.sample), ...other }
  const description = ready.describe(template.sample, { created }, dataAttachments(template, data, created))
  return (await issueDocument(description)).bytes
}
