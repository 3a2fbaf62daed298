import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Check, claim, type Finding, ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { inFolder } from '../tool.ts'
import { describeTo, registered } from './clients.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../identity/', import.meta.url))

/** The main flows with a client in a second language. */
export const pythonClient: Check = {
  name: 'identity, Authlib (Python)',
  against: () => `PyPI ${versions(['Authlib', 'joserfc', 'jwcrypto'])}`,
  async run() {
    let findings: Finding[] = []
    const started = await claim('the client starts and reads the issuer’s metadata', async () => {
      const at = await registered()
      findings = await inFolder({}, async (own) => {
        const file = join(own, 'clients.json')
        describeTo(file, at)
        return findingsIn(await python('client.py', file))
      })
    })
    return [started, ...findings]
  },
}

/** Runs a program of `conformance/identity` in the environment that `install.sh` laid. Throws `ToolMissing` without it. */
export async function python(script: string, ...args: readonly string[]): Promise<string> {
  const program = join(toolsFolder, 'authlib', 'bin', 'python')
  if (!existsSync(program)) throw new ToolMissing('Authlib is missing (conformance/identity/install.sh)')
  const { stdout } = await run(program, [join(folder, script), ...args])
  return stdout
}

export function findingsIn(lines: string): Finding[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

export function versions(names: readonly string[]): string {
  const lines = readFileSync(join(folder, 'requirements.txt'), 'utf8').split('\n')
  const found = names.map((name) => lines.find((line) => line.startsWith(`${name}==`)) ?? name)
  return found.join(', ').replaceAll('==', ' ')
}
