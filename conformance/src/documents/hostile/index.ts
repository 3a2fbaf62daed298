import type { AuthorityFiles, DocumentAuthority } from '../authority.ts'
import { baseDocument } from './base.ts'
import type { Attack, HostileFile } from './case.ts'
import { storedEvidence } from './evidence.ts'
import { signedRanges } from './ranges.ts'
import { shadows } from './shadow.ts'
import { singleBytes } from './single-bytes.ts'
import { substitutions } from './substitutions.ts'
import { tables } from './tables.ts'
import { updates } from './updates.ts'
import { wrapping } from './wrapping.ts'

export type { HostileFile } from './case.ts'

/** Signs a document with the authority's signer. */
export type SignDocument = (
  pdf: Buffer,
  level: 'B-B' | 'B-LTA',
  options?: { readonly certification?: 1 | 2 | 3 },
) => Promise<Buffer>

/**
 * Every hostile file, made of documents that `sign` signed, and of those in `good` (name → file). What an attack cannot be
 * done to (no attachment to replace, tables that are streams) is left out, and told through `leftOut`.
 */
export async function hostileFiles(options: {
  readonly authority: DocumentAuthority
  readonly files: AuthorityFiles
  readonly folder: string
  readonly sign: SignDocument
  readonly good: Readonly<Record<string, Buffer>>
  readonly leftOut?: (what: string) => void
}): Promise<HostileFile[]> {
  const { authority, files, folder, sign, good, leftOut = () => {} } = options
  const made: HostileFile[] = []
  for (const [name, signed] of Object.entries(good))
    for (const [family, attacks] of Object.entries(families))
      made.push(...tampered(name, signed, family, attacks, leftOut))
  for (const { prepared, certification, make, must = 'refused', ...named } of shadows) {
    const signed = await sign(baseDocument(prepared), 'B-B', certification && { certification })
    made.push({ family: 'shadow', ...named, must, bytes: make(signed) })
  }
  const [one, other] = [
    await sign(baseDocument(), 'B-LTA'),
    await sign(baseDocument({ 15: '<< >>' }), 'B-LTA'),
  ]
  made.push(...(await substitutions(authority, one, other)), ...signedRanges(files, folder))
  return made
}

const families: Readonly<Record<string, readonly Attack[]>> = {
  bytes: singleBytes,
  updates,
  wrapping,
  tables,
  evidence: storedEvidence,
}

function tampered(
  of: string,
  signed: Buffer,
  family: string,
  attacks: readonly Attack[],
  leftOut: (what: string) => void,
): HostileFile[] {
  return attacks.flatMap(({ name, about, must = 'refused', make }) => {
    try {
      return [{ family, name: `${name} (${of})`, about, must, bytes: make(signed) }]
    } catch (error) {
      leftOut(`${family} ${name} (${of}): ${error instanceof Error ? error.message : error}`)
      return []
    }
  })
}
