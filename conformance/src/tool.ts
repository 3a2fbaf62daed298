import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ToolMissing } from './check.ts'

export interface ToolResult {
  readonly out: string
  readonly bytes: Buffer
}

const howToInstall: Readonly<Record<string, string>> = {
  openssl: 'openssl is missing (Debian, Ubuntu: apt-get install openssl)',
  unzip: 'unzip is missing (Debian, Ubuntu: apt-get install unzip)',
  go: 'go is missing (https://go.dev/dl, 1.26 or later)',
}

/**
 * Runs a tool to its end. Throws `ToolMissing` when it is not on this machine, and an error with what it said when it ends
 * with another code than 0.
 */
export function tool(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): ToolResult {
  const { error, status, stdout, stderr } = spawnSync(command, args, { ...options, maxBuffer: 1 << 26 })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    throw new ToolMissing(howToInstall[command] ?? `${command} is missing`)
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr.toString() || stdout.toString()}`)
  return { out: stdout.toString(), bytes: stdout }
}

/** What a tool says of its version; a tool that is missing says so. */
export function versionOf(command: string, argument: string): string {
  try {
    return (
      tool(command, [argument])
        .out.split('\n')[0]
        ?.replace(/ *\(Library.*/, '') ?? command
    )
  } catch {
    return command
  }
}

/** A folder for one check, with these files in it, removed afterwards. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-conformance-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
