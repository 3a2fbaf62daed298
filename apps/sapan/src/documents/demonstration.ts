import { randomBytes, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { localRevocation, localTimestamper, type RevocationSource, type Timestamper } from '@sapan/documents'
import { systemClock, type Text } from '@sapan/kernel'
import {
  answerOcsp,
  type CertificateStatus,
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  type DocumentProfile,
  fromPem,
  issueDocumentCertificate,
  KeyFolder,
  privateKeyOf,
  type Signer,
  type SigningKey,
  type Subject,
  signerKey,
  toPem,
  type UncertifiedKey,
  uncertifiedKey,
} from '@sapan/trust'
import { readIfThere, writeWhole } from '../home/files.ts'
import { layoutOf } from '../home/layout.ts'

/**
 * An authority for those who have no keys yet: root, issuer, an agency's seal and time-stamps, made at first use under
 * the home. Their names say that nobody is behind them.
 */
export interface DemonstrationAuthority {
  /** DER. */
  readonly root: Uint8Array
  readonly seal: SigningKey
  /** Of agencies, by their members' ids. */
  readonly agencySeals: ReadonlyMap<string, SigningKey>
  readonly timestamper: Timestamper
  readonly revocation: RevocationSource
  /** Issues certificates to officers of the demonstration. */
  readonly issuer: SigningKey
  /** Of what it has issued itself: the seals and the time-stamps. */
  statusOf(serial: bigint): CertificateStatus
  /** The root's list, DER. */
  rootList(): Promise<Uint8Array>
}

const day = 86_400_000
const hour = 3_600_000
const marked = (commonName: string): Subject => ({
  commonName,
  organization: 'Sapan Demonstration - not a real authority',
  country: 'TH',
})

const names = {
  root: marked('Sapan Demonstration Root'),
  issuer: marked('Sapan Demonstration Issuer'),
  seal: marked('ตราประทับสาธิต (Demonstration seal)'),
  stamps: marked('Sapan Demonstration Time-stamps'),
} as const

/** The seal of an agency, marked as a demonstration's. A common name has at most 64 letters (X.520). */
function sealOf({ name: { th }, code }: SealedAgency): Subject {
  const full = `ตราประทับสาธิต ${th}`
  return marked(full.length <= 64 ? full : `ตราประทับสาธิต ${code}`)
}

/** A policy of ours for stamps that prove nothing to strangers, below the arc of examples (RFC 5612). */
const stampPolicy = '1.3.6.1.4.1.32473.1'

/** The root's certificate where the authority was made already. */
export async function demonstrationRoot(home: string): Promise<Uint8Array | undefined> {
  const text = await readIfThere(certificateFile(home, 'root'))
  return text === undefined ? undefined : firstCertificate(text)
}

/** An agency of the demonstration, for which a seal is made. */
export interface SealedAgency {
  /** `TH/GOV/RD` */
  readonly id: string
  /** `RD`: names its files. */
  readonly code: string
  readonly name: Text
}

/** Opens the authority of a home, and makes it where there is none; with a seal for each of the agencies. */
export async function openDemonstration(
  home: string,
  agencies: readonly SealedAgency[] = [],
): Promise<DemonstrationAuthority> {
  const keys = new KeyFolder(join(layoutOf(home).documents, 'keys'))
  const now = systemClock()
  const [rootSigner, issuerSigner, sealSigner, stampSigner] = await Promise.all([
    keys.loadOrCreate('root', 'ecdsa-p256-sha256'),
    keys.loadOrCreate('issuer', 'ecdsa-p256-sha256'),
    keys.loadOrCreate('seal', 'ecdsa-p256-sha256'),
    keys.loadOrCreate('stamps', 'ecdsa-p256-sha256'),
  ])
  const root = await certified(home, 'root', rootSigner, [], (key) =>
    createDocumentRoot(key, { subject: names.root, now, years: 20 }).then(({ certificate }) => certificate),
  )
  const issuer = await certified(home, 'issuer', issuerSigner, [root.certificate], (key) =>
    createDocumentIssuer(root, key, { subject: names.issuer, now, years: 10 }).then(
      ({ certificate }) => certificate,
    ),
  )
  const end = (name: string, subject: Subject, signer: Signer, profile: DocumentProfile) =>
    certified(home, name, signer, [issuer.certificate, root.certificate], ({ publicKey }) =>
      issueDocumentCertificate(issuer, { profile, publicKey, subject, now, days: 730 }),
    )
  const [seal, stamps, agencySeals] = await Promise.all([
    end('seal', names.seal, sealSigner, 'document'),
    end('stamps', names.stamps, stampSigner, 'timestamping'),
    Promise.all(
      agencies.map(async (agency) => {
        const name = `seal-${agency.code}`
        const signer = await keys.loadOrCreate(name, 'ecdsa-p256-sha256')
        return [agency.id, await end(name, sealOf(agency), signer, 'document')] as const
      }),
    ),
  ])
  return {
    root: root.certificate,
    seal,
    agencySeals: new Map(agencySeals),
    timestamper: stamperOf(stampSigner, stamps),
    issuer,
    ...standing(root, issuer, [seal, stamps, ...agencySeals.map(([, key]) => key)]),
  }
}

function stamperOf(signer: Signer, { certificate, chain }: SigningKey): Timestamper {
  const nextSerial = () => BigInt(`0x${randomBytes(15).toString('hex')}`)
  return localTimestamper(
    createTimestampAuthority({
      signer,
      certificate,
      chain,
      clock: systemClock,
      policy: stampPolicy,
      nextSerial,
    }),
  )
}

/** Of what this authority issued by itself nothing is ever revoked. */
function standing(
  root: SigningKey,
  issuer: SigningKey,
  issued: readonly SigningKey[],
): Pick<DemonstrationAuthority, 'revocation' | 'statusOf' | 'rootList'> {
  const serials = new Set(issued.map(({ certificate }) => new X509Certificate(certificate).serialNumber))
  const statusOf = (serial: bigint): CertificateStatus => ({
    state: serials.has(hexOf(serial)) ? 'good' : 'unknown',
  })
  const listOf = (authority: SigningKey) => {
    const now = systemClock()
    return createCrl(authority, { revoked: [], number: now, now, nextUpdate: now + 30 * day })
  }
  const revocation = localRevocation({
    ocsp: async (request) => {
      const { body } = await answerOcsp(request, {
        responder: issuer,
        issuer: issuer.certificate,
        now: systemClock(),
        status: statusOf,
      })
      return body
    },
    crls: () => Promise.all([root, issuer].map(listOf)),
  })
  return { revocation, statusOf, rootList: () => listOf(root) }
}

function hexOf(serial: bigint): string {
  const hex = serial.toString(16).toUpperCase()
  return hex.length % 2 === 0 ? hex : `0${hex}`
}

/** A key with its certificate: the one that lies in the home while it is good for another hour, or else a new one. */
async function certified(
  home: string,
  name: string,
  signer: Signer,
  chain: readonly Uint8Array[],
  issue: (key: UncertifiedKey) => Promise<Uint8Array>,
): Promise<SigningKey> {
  const file = certificateFile(home, name)
  const text = await readIfThere(file)
  const kept = text === undefined ? undefined : firstCertificate(text)
  if (kept !== undefined && isGood(kept, chain[0])) return signerKey(signer, { certificate: kept, chain })
  const certificate = await issue(uncertifiedKey(privateKeyOf(signer)))
  await writeWhole(file, toPem(certificate))
  return signerKey(signer, { certificate, chain })
}

function isGood(certificate: Uint8Array, issuer: Uint8Array | undefined): boolean {
  const read = new X509Certificate(certificate)
  const isIssued = issuer === undefined || read.checkIssued(new X509Certificate(issuer))
  return isIssued && Date.parse(read.validTo) > systemClock() + hour
}

function certificateFile(home: string, name: string): string {
  return join(layoutOf(home).documents, `${name}.pem`)
}

function firstCertificate(text: string): Uint8Array | undefined {
  return fromPem(text, 'CERTIFICATE')[0]
}
