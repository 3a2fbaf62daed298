import type { KeyFolder } from '@sapan/trust'
import { SubjectHashes } from './subjects.ts'

/**
 * The keys under which people's identifiers are hashed, from the key folder: the first is made here, a later one came with a
 * member that moved here. Old records stay under theirs; the last is for new ones.
 */
export async function loadSubjectHashes(keys: KeyFolder): Promise<SubjectHashes> {
  const found = await subjectKeys(keys)
  return new SubjectHashes(found, found.size)
}

/** By version, from 1 without gaps. */
export async function subjectKeys(keys: KeyFolder): Promise<Map<number, Buffer>> {
  const found = new Map([[1, await keys.loadOrCreateSecret(nameOf(1))]])
  for (;;) {
    const key = await keys.loadSecret(nameOf(found.size + 1))
    if (!key) return found
    found.set(found.size + 1, key)
  }
}

/** Keeps the keys of a member that moved here beside those that there are, and takes them into use. */
export async function adoptSubjectKeys(
  keys: KeyFolder,
  hashes: SubjectHashes,
  moved: readonly Buffer[],
): Promise<void> {
  const held = await subjectKeys(keys)
  for (const key of moved) {
    if ([...held.values()].some((own) => own.equals(key))) continue
    held.set(held.size + 1, await keys.keepSecret(nameOf(held.size + 1), key))
  }
  hashes.use(held, held.size)
}

function nameOf(version: number): string {
  return `subject-${version}`
}
