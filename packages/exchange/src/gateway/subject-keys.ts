import type { KeyFolder } from '@sapan/trust'
import { SubjectHashes } from './subjects.ts'

/** The one version that there is so far; a later one is added beside it, because old records stay under theirs. */
const version = 1

/** The keys under which people's identifiers are hashed, from the key folder. */
export async function loadSubjectHashes(keys: KeyFolder): Promise<SubjectHashes> {
  return new SubjectHashes(new Map([[version, await keys.loadOrCreateSecret(`subject-${version}`)]]), version)
}
