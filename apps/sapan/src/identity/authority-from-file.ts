import { httpTimestamper } from '@sapan/documents'
import { fileKey } from '@sapan/trust'
import type { IdentityFile } from '../config/identity.ts'
import { readCertificates, readInput } from '../documents/files.ts'
import type { OperatorDocuments } from './documents-authority.ts'

/** The authority for officers' certificates, as the operator's file names it; undefined where it names none. */
export async function authorityOf({
  documents,
  issuer: origin,
}: IdentityFile): Promise<OperatorDocuments | undefined> {
  if (!documents) return undefined
  const [pem, [certificate, ...chain]] = await Promise.all([
    readInput(documents.key),
    readCertificates(documents.certificate),
  ])
  const issuer = fileKey({
    pem: pem.toString('utf8'),
    certificate: certificate ?? new Uint8Array(),
    chain,
  })
  return {
    authority: { issuer, addresses: { ocsp: [`${origin}/ocsp`], crl: [`${origin}/crl`] } },
    timestamper: httpTimestamper(documents.timestamps),
    statusOf: () => ({ state: 'unknown' }),
    lists: () => Promise.all(documents.lists.map((list) => readInput(list))),
  }
}
