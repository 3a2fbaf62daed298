import { userInfo } from 'node:os'
import { isRecord } from '../terminal/values.ts'
import type { AdminClient } from './admin.ts'

/** A link that signs in once at the operator's pages, as who uses this terminal. */
export async function signInLink(admin: AdminClient): Promise<{ url: string; expiresInSeconds: number }> {
  const made = await admin.json('POST', '/operator/sign-in-links', { name: userInfo().username })
  if (!isRecord(made) || typeof made.url !== 'string') throw new Error('no link was made')
  return { url: made.url, expiresInSeconds: Number(made.expiresInSeconds) }
}
