import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Violation } from './check.ts'
import type { House } from './house.ts'
import type { Import } from './imports.ts'

/**
 * Holds what is reachable from the contracts that run in a browser: nothing there loads a module of Node's, or another
 * package of the house, which may. What loads types only is left when it runs, and so may name any.
 */
export function checkBrowser(
  entries: readonly string[],
  importsBy: ReadonlyMap<string, readonly Import[]>,
  house: House,
): Violation[] {
  const violations: Violation[] = []
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const { specifier = '', line, erased } of importsBy.get(file) ?? []) {
      if (erased) continue
      if (specifier.startsWith('.')) visit(posix.normalize(posix.join(posix.dirname(file), specifier)))
      else if (!runsInBrowsers(specifier, entries, house)) {
        const text = `${specifier} does not run in a browser, where this file must`
        violations.push({ place: `${file}:${line}`, rule: 'not-for-browsers', text })
      }
    }
  }
  for (const entry of entries) visit(entry)
  return violations
}

/** Packages from outside are taken at their word: bundling for a browser fails where they can't. */
function runsInBrowsers(specifier: string, entries: readonly string[], house: House): boolean {
  if (specifier.startsWith('node:') || isBuiltin(specifier)) return false
  const room = house.rooms.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  return (
    room === undefined ||
    entries.some((entry) => entry.startsWith(`${room.folder}/`) && specifier !== room.name)
  )
}
