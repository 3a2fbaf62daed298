import { createHash } from 'node:crypto'

/** The id of a person's account by their number: ordered as those of version 7 are, and the same in every run. */
export function accountOf(person: number): string {
  return uuid('account', person)
}

/** The id of the authenticator that their passkey is. */
export function authenticatorOf(person: number): string {
  return uuid('authenticator', person)
}

/** The id of what they agreed to. */
export function consentOf(person: number): string {
  return uuid('consent', person)
}

/** What their passkey calls itself. */
export function credentialOf(person: number): Buffer {
  return createHash('sha256').update(`credential ${person}`).digest()
}

/** What a passkey says of whose it is. */
export function userHandleOf(account: string): Buffer {
  return Buffer.from(account.replaceAll('-', ''), 'hex')
}

/** What else a person has one of. Of version 8 (RFC 9562 §5.8): the number stands where version 7 has the time. */
export function uuid(what: string, person: number): string {
  const time = person.toString(16).padStart(12, '0')
  const drawn = createHash('sha256').update(`${what} ${person}`).digest('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-8${drawn.slice(0, 3)}-8${drawn.slice(3, 6)}-${drawn.slice(6, 18)}`
}
