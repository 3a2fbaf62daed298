import { createHash } from 'node:crypto'
import { portalCookies } from '@sapan/portal'

/** What a person's cookie has: 256 bits that the generator knows without asking. */
export function tokenOf(person: number): string {
  return createHash('sha256').update(`session ${person}`).digest('base64url')
}

/** The `Cookie` header of somebody who is signed in at the portal. */
export function cookieOf(person: number): string {
  return `${portalCookies}-session=${tokenOf(person)}; ${portalCookies}-browser=${browser}`
}

/** The name of the browser, of which its forms' keys are. */
const browser = 'A'.repeat(22)
