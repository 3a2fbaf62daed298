import { httpTimestamper } from '@sapan/documents'
import { fileKey, type SigningKey } from '@sapan/trust'
import type { IdentityFile } from '../config/identity.ts'
import { readCertificates, readInput } from '../documents/files.ts'
import type { OperatorDocuments } from './documents-authority.ts'
import { ownRevocation, statusOfNamed } from './own-revocation.ts'

/** The authority for officers' certificates, and the seals, as the operator's file names them; undefined without one. */
export async function authorityOf({
  documents,
  agencies,
  issuer: origin,
}: IdentityFile): Promise<OperatorDocuments | undefined> {
  if (!documents) return undefined
  const [issuer, key, seals] = await Promise.all([
    keyOf(documents),
    documents.seal && keyOf(documents.seal),
    sealsOf(agencies),
  ])
  const lists = () => Promise.all(documents.lists.map((list) => readInput(list)))
  const named = [...(key ? [key] : []), ...seals.map(([, seal]) => seal)]
  const statusOf = statusOfNamed(named.map(({ certificate }) => certificate))
  const revocation = ownRevocation({ issuer, lists, statusOf })
  return {
    authority: { issuer, addresses: { ocsp: [`${origin}/ocsp`], crl: [`${origin}/crl`] } },
    timestamper: httpTimestamper(documents.timestamps),
    ...(key && { seal: { key, revocation } }),
    agencySeals: new Map(seals.map(([member, seal]) => [member, { key: seal, revocation }])),
    statusOf,
    lists,
  }
}

async function sealsOf(agencies: IdentityFile['agencies']) {
  const sealed = agencies.flatMap(({ member, seal }) => (seal ? [{ member, seal }] : []))
  return await Promise.all(sealed.map(async ({ member, seal }) => [member, await keyOf(seal)] as const))
}

async function keyOf(files: { readonly key: string; readonly certificate: string }): Promise<SigningKey> {
  const [pem, [certificate = new Uint8Array(), ...chain]] = await Promise.all([
    readInput(files.key),
    readCertificates(files.certificate),
  ])
  return fileKey({ pem: pem.toString('utf8'), certificate, chain })
}
