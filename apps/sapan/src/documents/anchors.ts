import type { TrustAnchors } from '@sapan/documents/check'
import { demonstrationRoot } from './demonstration.ts'
import { readCertificates } from './files.ts'

/** Whom a check trusts: what was named, or else the demonstration's root where the home has one. */
export async function anchorsOf(home: string, files: readonly string[] | undefined): Promise<TrustAnchors> {
  if (files !== undefined) return { certificates: (await Promise.all(files.map(readCertificates))).flat() }
  const root = await demonstrationRoot(home)
  return { certificates: root === undefined ? [] : [root] }
}
