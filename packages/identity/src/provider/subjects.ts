import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

/**
 * What a member is told of whom an account is: the account's id, enciphered with a key that the member's id gives
 * (OpenID Connect Core 1.0 §8.1, the second method). Two members cannot tell that theirs are one person; the provider
 * needs no table to find the account again.
 */
export interface PairwiseSubjects {
  subjectOf(member: string, account: string): string
  /** The account that a subject would be of; undefined for what is no subject. Whether there is one, it doesn't say. */
  accountOf(member: string, subject: string): string | undefined
  /** What a member is told of a party that has no account here: a company, a child. Nobody is found again by it. */
  partyOf(member: string, party: { readonly kind: string; readonly id: string }): string
}

/** `key` is the house's own, of 32 bytes; subjects are only as lasting as it is. */
export function pairwiseSubjects(key: Uint8Array): PairwiseSubjects {
  const keys = new Map<string, Buffer>()

  function keyOf(member: string): Buffer {
    const held = keys.get(member)
    if (held) return held
    const derived = Buffer.from(hkdfSync('sha256', key, '', `sapan pairwise subject ${member}`, 32))
    keys.set(member, derived)
    return derived
  }

  return {
    // An id is one block of AES, and no two accounts share one: a block cipher alone is a permutation of the ids.
    subjectOf(member, account) {
      const cipher = createCipheriv('aes-256-ecb', keyOf(member), null).setAutoPadding(false)
      return cipher.update(bytesOf(account)).toString('base64url')
    },
    accountOf(member, subject) {
      if (!/^[A-Za-z0-9_-]{22}$/.test(subject)) return undefined
      const decipher = createDecipheriv('aes-256-ecb', keyOf(member), null).setAutoPadding(false)
      return idOf(decipher.update(Buffer.from(subject, 'base64url')))
    },
    partyOf(member, { kind, id }) {
      return createHmac('sha256', keyOf(member)).update(`party ${kind}:${id}`).digest('base64url')
    },
  }
}

function bytesOf(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16) throw new TypeError('an account has a UUID')
  return bytes
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
