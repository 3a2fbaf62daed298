import type { KeyObject } from 'node:crypto'
import { fingerprint, readCertificate, verifyPath } from '@sapan/trust'
import type { DirectoryView } from '../directory/view.ts'

/**
 * The key with which a member signed what outlives its certificate, which the directory then no longer lists; undefined where
 * the chain does not lead from the root to that member, or was revoked. `chain`: DER, the signer's certificate first.
 */
export function memberKey(
  view: DirectoryView,
  { root, member, chain }: { root: string; member: string; chain: readonly Buffer[] },
): KeyObject | undefined {
  const [leaf, ...intermediates] = chain
  if (!leaf) return undefined
  const listed = view.certificate(fingerprint(leaf))
  if (listed) return listed.use === 'signing' && listed.holder === member ? listed.publicKey : undefined
  try {
    const revoked = new Set(view.directory.revoked.map((revocation) => revocation.fingerprint))
    const { notBefore } = readCertificate(leaf)
    const verified = verifyPath(leaf, intermediates, [root], { profile: 'signing', at: notBefore, revoked })
    return verified.uris.includes(`sapan:member:${member}`) ? verified.publicKey : undefined
  } catch {
    return undefined
  }
}
