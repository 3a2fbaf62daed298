import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  type DocumentProfile,
  issueDocumentCertificate,
  type SigningKey,
  signerFromPem,
  type TimestampAuthority,
  toPem,
  uncertifiedKey,
  withCertificate,
} from '@sapan/trust'

export type KeyKind = 'rsa' | 'ecdsa'

/** A root, an issuer, a signer and a time-stamp authority for documents, with their lists of revocations. */
export interface DocumentAuthority {
  readonly kind: KeyKind
  readonly root: SigningKey
  readonly issuer: SigningKey
  readonly stampIssuer: SigningKey
  readonly signer: SigningKey
  readonly timestamps: TimestampAuthority
  /** Of root and issuer, DER; nothing of the signer's is revoked. */
  readonly crls: readonly Buffer[]
  /** As fetched from the address that a certificate names. */
  listAt(url: string): Promise<Buffer | undefined>
  /** Certificates for a key, by the issuer, of other properties than the signer's. */
  issue(name: string, options?: Partial<IssueOptions>): Promise<SigningKey>
  /** PEM (PKCS#8) of the signer's and the time-stamp authority's private keys. */
  readonly pem: { readonly signer: string; readonly tsa: string }
  readonly tsaCertificate: Buffer
}

interface IssueOptions {
  readonly profile: DocumentProfile
  readonly now: number
  readonly days: number
  readonly serial: bigint
}

const day = 86_400_000
const policy = '1.3.6.1.4.1.99999.1'
/** Where an issuer's list would be. Those who fetch nothing still judge by it whether there is something to fetch. */
const addresses = (issuer: string) => ({ crl: [`http://crl.example/${issuer}.crl`] })
const subject = (commonName: string) => ({ commonName, organization: 'กรมทดสอบ', country: 'TH' })

function newKey(kind: KeyKind): KeyObject {
  if (kind === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

const pemOf = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))

/** Everything as of now: certificates since a day, lists since an hour. */
export async function createDocumentAuthority(kind: KeyKind, now = Date.now()): Promise<DocumentAuthority> {
  const since = now - day
  const make = (of = kind) => uncertifiedKey(newKey(of))
  const root = await createDocumentRoot(make(), { subject: subject(`Root ${kind}`), now: since, years: 20 })
  const named = { subject: subject(`Issuer ${kind}`), now: since, years: 10, ...addresses('root') }
  const issuer = await createDocumentIssuer(root, make(), named)
  // Its certificates are ECDSA's whatever the signer's are: the time-stamp authority signs with P-256.
  const stampIssuer = await createDocumentIssuer(root, make('ecdsa'), {
    ...named,
    subject: subject(`Time-stamp issuer ${kind}`),
  })
  const certify = async (key: KeyObject, name: string, options: Partial<IssueOptions> = {}, by = issuer) => {
    const free = uncertifiedKey(key)
    const lists = addresses(by === issuer ? 'issuer' : 'stamps')
    const asked = {
      publicKey: free.publicKey,
      subject: subject(name),
      now: since,
      days: 365,
      ...lists,
      ...options,
    }
    const certificate = await issueDocumentCertificate(by, asked)
    return withCertificate(free, certificate, [by.certificate, root.certificate])
  }
  const keys = { signer: newKey(kind), tsa: newKey('ecdsa') }
  const signer = await certify(keys.signer, 'สมชาย ใจดี', { serial: 1001n })
  const tsa = await certify(keys.tsa, 'Time-stamps', { profile: 'timestamping', serial: 1002n }, stampIssuer)
  const crls = await Promise.all([issuer, stampIssuer, root].map((key) => list(key, now)))
  let stamped = 0n
  return {
    kind,
    root,
    issuer,
    stampIssuer,
    signer,
    timestamps: createTimestampAuthority({
      signer: signerFromPem(pemOf(keys.tsa)),
      certificate: tsa.certificate,
      chain: [stampIssuer.certificate, root.certificate],
      clock: Date.now,
      policy,
      nextSerial: () => ++stamped,
    }),
    crls,
    listAt: async (url) =>
      crls[['issuer', 'stamps', 'root'].findIndex((name) => url.endsWith(`/${name}.crl`))],
    issue: (name, options) => certify(newKey(kind), name, options),
    pem: { signer: pemOf(keys.signer), tsa: pemOf(keys.tsa) },
    tsaCertificate: Buffer.from(tsa.certificate),
  }
}

function list(key: SigningKey, now: number): Promise<Buffer> {
  const revoked = [{ serial: 666n, at: now - day / 2, reason: 'keyCompromise' as const }]
  return createCrl(key, { revoked, number: 1, now: now - 3_600_000, nextUpdate: now + 7 * day })
}

/** Where an authority's files lie, for tools that take files. */
export interface AuthorityFiles {
  readonly anchors: readonly string[]
  readonly crls: readonly string[]
  readonly rootPem: string
  readonly chainPem: string
  readonly signer: { readonly key: string; readonly certificate: string; readonly chain: string }
  readonly tsa: { readonly key: string; readonly certificate: string; readonly chain: string }
  /** PKCS #12, with `password`. */
  readonly signerStore: string
  readonly tsaStore: string
  readonly password: string
}

/** Lays the authority's files into a folder. */
export function layAuthority(authority: DocumentAuthority, folder: string): AuthorityFiles {
  mkdirSync(folder, { recursive: true })
  const lay = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const { root, issuer, stampIssuer, signer, tsaCertificate, pem, crls } = authority
  const above = [issuer, stampIssuer, root].map(({ certificate }) => toPem(certificate))
  const chain = lay('chain.pem', above.join(''))
  const files = (name: 'signer' | 'tsa', certificate: Uint8Array) => ({
    key: lay(`${name}.key`, String(createPrivateKey(pem[name]).export({ type: 'pkcs8', format: 'pem' }))),
    certificate: lay(`${name}.pem`, toPem(certificate)),
    chain,
  })
  const password = 'conformance'
  const store = (name: string, { key, certificate }: { key: string; certificate: string }): string => {
    const out = join(folder, `${name}.p12`)
    const what = ['-inkey', key, '-in', certificate, '-certfile', chain, '-name', name]
    execFileSync('openssl', ['pkcs12', '-export', ...what, '-passout', `pass:${password}`, '-out', out])
    return out
  }
  const [signerFiles, tsaFiles] = [files('signer', signer.certificate), files('tsa', tsaCertificate)]
  return {
    anchors: [lay('root.der', root.certificate)],
    crls: crls.map((crl, index) => lay(`${index}.crl`, crl)),
    rootPem: lay('root.pem', toPem(root.certificate)),
    chainPem: chain,
    signer: signerFiles,
    tsa: tsaFiles,
    signerStore: store('signer', signerFiles),
    tsaStore: store('tsa', tsaFiles),
    password,
  }
}
