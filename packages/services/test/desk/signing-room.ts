import { randomUUID } from 'node:crypto'
import { signPdf } from '@sapan/documents'
import type { DocumentSigning } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import {
  createDocumentIssuer,
  createDocumentRoot,
  generateSigner,
  issueDocumentCertificate,
  privateKeyOf,
  type SigningKey,
  signerKey,
  uncertifiedKey,
} from '@sapan/trust'
import { deskCaseProblems } from '../../src/desk/problems.ts'

/** Identity's signing as this room sees it: what is confirmed is signed, in its field. */
export interface SigningRoom extends Pick<DocumentSigning, 'begin' | 'find'> {
  /** What officers were led to sign. */
  readonly begun: {
    readonly account: string
    readonly id: string
    readonly bytes: Uint8Array
    readonly field?: string
  }[]
  /** Everybody confirms what they were led to. */
  confirm(): void
}

export function signingRoom(): SigningRoom {
  const begun: SigningRoom['begun'] = []
  const confirmed = new Set<string>()
  const signed = new Map<string, Promise<Uint8Array>>()
  const key = signingKey()
  const find = async (account: string, id: string) => {
    const one = begun.find((document) => document.id === id && document.account === account)
    if (one === undefined) throw new Problem(deskCaseProblems['case-file-not-found'])
    const isSigned = confirmed.has(id)
    if (isSigned && !signed.has(id))
      signed.set(
        id,
        key.then((by) => signedBy(by, one)),
      )
    const content = (await signed.get(id)) ?? one.bytes
    const document: object = { id, state: isSigned ? 'signed' : 'waiting', content }
    return document as Awaited<ReturnType<DocumentSigning['find']>>
  }
  return {
    begun,
    confirm: () => {
      for (const { id } of begun) confirmed.add(id)
    },
    begin: async ({ account }, { bytes, field }) => {
      const id = randomUUID()
      begun.push({ account, id, bytes, ...(field === undefined ? {} : { field }) })
      return { id, confirm: `/desk/signing/confirm?document=${id}` }
    },
    find,
  }
}

async function signedBy(
  key: SigningKey,
  { bytes, field }: SigningRoom['begun'][number],
): Promise<Uint8Array> {
  const seen = field === undefined ? {} : { field, appearance: { lines: ['สมหญิง รักษ์น้ำ'] } }
  return await signPdf(bytes, { key, level: 'B-B', time: Date.now(), ...seen })
}

async function signingKey(): Promise<SigningKey> {
  const now = Date.now()
  const fresh = () => generateSigner('ecdsa-p256-sha256')
  const free = (signer: ReturnType<typeof fresh>) => uncertifiedKey(privateKeyOf(signer))
  const named = (commonName: string) => ({ commonName, organization: 'กรมทดสอบ', country: 'TH' })
  const root = await createDocumentRoot(free(fresh()), { subject: named('Root'), now, years: 5 })
  const of = { subject: named('Issuer'), now, years: 5 }
  const issuer = await createDocumentIssuer(root, free(fresh()), of)
  const signer = fresh()
  const about = { profile: 'document', subject: named('สมหญิง รักษ์น้ำ'), now, days: 30 } as const
  const { publicKey } = free(signer)
  const certificate = await issueDocumentCertificate(issuer, { ...about, publicKey })
  return signerKey(signer, { certificate, chain: [issuer.certificate, root.certificate] })
}
