import type { SignIn } from '../provider/interactions.ts'

/** The visit to which everything that is begun in a sign-in is bound. */
export function boundOf({ uid }: Pick<SignIn, 'uid'>): string {
  return `sign-in:${uid}`
}
