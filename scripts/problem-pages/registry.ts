import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type ProblemType, registeredProblems } from '@sapan/kernel'

/** Loads every `problems.ts` of the packages and every `src/problems/` of the house and returns what they register. */
export async function everyProblem(root: string): Promise<ReadonlyMap<string, ProblemType>> {
  const files = globSync(
    [
      'packages/*/src/**/problems.ts',
      'packages/*/src/problems/*.ts',
      'apps/*/src/problems.ts',
      'countries/*/src/problems.ts',
      'sandbox/src/problems.ts',
    ],
    { cwd: root },
  )
  for (const file of files) await import(pathToFileURL(`${root}/${file}`).href)
  return registeredProblems()
}
