import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ToolMissing } from '../../check.ts'

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')

/** Where `conformance/documents/install.sh` lays other people's tools. */
export const toolsFolder = process.env.SAPAN_CONFORMANCE_TOOLS ?? join(cache, 'sapan-conformance')

/** Files of pyHanko's tests with pyHanko's verdicts, as `install.sh` recorded them. */
export const pyhankoFiles = process.env.SAPAN_PYHANKO_FILES ?? join(toolsFolder, 'pyhanko-files')

/** A path in the tools' folder. Throws `ToolMissing` when it is not there. */
export function installed(name: string, ...path: readonly string[]): string {
  const place = join(toolsFolder, ...path)
  if (!existsSync(place)) throw new ToolMissing(`${name} is missing (conformance/documents/install.sh)`)
  return place
}
