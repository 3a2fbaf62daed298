import { localRevocation, localTimestamper, type PdfSigningOptions, signPdf } from '@sapan/documents'
import type { DocumentAuthority } from './authority.ts'
import type { Level } from './levels.ts'

/** Signs as `sapan document sign` does, with everything in this process. */
export async function signHere(
  pdf: Uint8Array,
  level: Level,
  authority: DocumentAuthority,
  options: Partial<PdfSigningOptions> = {},
): Promise<Buffer> {
  const signed = await signPdf(pdf, {
    key: authority.signer,
    level,
    time: Date.now(),
    timestamper: localTimestamper(authority.timestamps),
    revocation: localRevocation({ crls: () => authority.crls }),
    ...options,
  })
  return Buffer.from(signed)
}
