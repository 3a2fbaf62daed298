import { counted, Problem } from '@sapan/kernel'
import { exchangeProblems } from '../problems.ts'

/**
 * How many distinct witnesses must vouch for a log: as many as its operator demands. Of a country whose directory names none,
 * none is demanded, unless the operator asks for more than the usual one.
 */
export function witnessesNeeded(atLeast: number, named: number): number {
  return named === 0 && atLeast === 1 ? 0 : atLeast
}

/** Refuses to demand more witnesses than there are. */
export function requireWitnesses(atLeast: number, names: () => readonly string[]): void {
  if (atLeast === 1) return
  const named = new Set(names()).size
  if (named >= atLeast) return
  throw new Problem(exchangeProblems['witnesses-too-few'], {
    detail: {
      th: `evidence.witnesses.atLeast คือ ${atLeast} แต่สารบบระบุพยาน ${named} ราย`,
      en: `evidence.witnesses.atLeast is ${atLeast}, and the directory names ${counted(named, 'witness', 'witnesses')}`,
    },
  })
}

/** How far a log is witnessed: the size that at least `needed` of the named witnesses have cosigned; 0 while fewer did. */
export function witnessedSize(
  sizes: ReadonlyMap<string, number>,
  names: readonly string[],
  needed: number,
): number {
  const known = [...new Set(names)].map((name) => sizes.get(name) ?? 0).sort((a, b) => b - a)
  return known[Math.max(1, needed) - 1] ?? 0
}
