import type { PoolClient } from '@sapan/kernel'
import { readRequest } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import { isYoung } from './authority.ts'
import type { CenterGround } from './ground.ts'
import { keyHash } from './key-hash.ts'
import { requireRoom } from './limits.ts'
import { hostNames, isForHosts } from './names.ts'
import {
  type CertificateRow,
  certificatesOfKey,
  countInForce,
  insertCertificate,
} from './store/certificates.ts'

/** For whom a certificate is asked: a gateway's TLS key with its address, or a member's signing key. */
export type CertificateOrder =
  | { readonly use: 'tls'; readonly gateway: string; readonly peer: string; readonly request: string }
  | { readonly use: 'signing'; readonly gateway: string; readonly member: string; readonly request: string }

/**
 * Issues a certificate in DER for a certificate request (PKCS#10, PEM), of which only the key counts: names come
 * from the order. Asked again for the same key and names while most of the certificate's life is left, it answers with
 * that certificate. A key serves one holder and one use. Throws Problem `certificate-request-refused`,
 * `directory-limit-reached`, or `key-taken` for a key that serves another.
 */
export async function issue(
  ground: CenterGround,
  client: PoolClient,
  now: number,
  order: CertificateOrder,
): Promise<{ der: Buffer; fresh: boolean }> {
  const publicKey = readRequest(order.request).publicKey
  const hash = keyHash(publicKey)
  const holder = order.use === 'tls' ? order.gateway : order.member
  const earlier = await certificatesOfKey(client, hash)
  const serves = ({ use, holder: of, revokedAt, retiredAt }: CertificateRow) =>
    of === holder && use === order.use && revokedAt === null && retiredAt === null
  if (!earlier.every(serves)) throw exchangeProblem('key-taken')
  const names = order.use === 'tls' ? hostNames(order.peer) : { dns: [], ips: [] }
  const held = earlier.find((row) => isYoung(row, now) && isForHosts(row.der, names))
  if (held) return { der: held.der, fresh: false }
  requireRoom('certificates', (await countInForce(client, { use: order.use, holder }, now)) + 1)
  const issued = ground.authority.issue({
    publicKey,
    use: order.use,
    commonName: commonName(holder),
    uris: [order.use === 'tls' ? `sapan:gateway:${holder}` : `sapan:member:${holder}`],
    ...names,
    seconds: ground.config.certificateSeconds,
    now,
  })
  const { use, gateway } = order
  await insertCertificate(client, { ...issued, use, holder, gateway, publicKey: hash, issuedAt: now })
  return { der: issued.der, fresh: true }
}

/** RFC 5280 appendix A: a common name has at most 64 characters; the whole name is in the URI. */
export function commonName(holder: string): string {
  return holder.length <= 64 ? holder : holder.slice(-64)
}
