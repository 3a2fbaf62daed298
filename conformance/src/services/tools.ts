import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'

const run = promisify(execFile)

/** A path among what `conformance/services/install.sh` laid. Throws `ToolMissing` when it is not there. */
export function laid(name: string, ...path: readonly string[]): string {
  const place = join(toolsFolder, 'services', ...path)
  if (!existsSync(place)) throw new ToolMissing(`${name} is missing (conformance/services/install.sh)`)
  return place
}

/** Runs a program of `conformance/services` in Python; gives the JSON that it prints. */
export async function python<T>(script: string, ...args: readonly string[]): Promise<T> {
  const program = laid('Python with pySHACL and zxing-cpp', 'venv', 'bin', 'python')
  const file = fileURLToPath(new URL(`../../services/${script}`, import.meta.url))
  const { stdout } = await run(program, [file, ...args], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout) as T
}

/** A package of npm, of those. */
export function npm<T>(name: string): T {
  laid(name, 'npm', 'node_modules', name)
  // They lie beside the house, not among its packages.
  const ofTools = createRequire(join(toolsFolder, 'services', 'npm', 'x.js'))
  return ofTools(name) as T
}
