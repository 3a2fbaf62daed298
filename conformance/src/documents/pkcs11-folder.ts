import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TokenOptions } from '@sapan/trust'
import { ToolMissing } from '../check.ts'

export const pin = '482913'
const modules = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so']

/** A token in a folder, of which our processes and the tools know the same. */
export class Folder {
  readonly cwd: string
  readonly module: string
  readonly environment: Readonly<Record<string, string>>

  constructor(cwd: string) {
    const found = modules.find((path) => existsSync(path))
    if (!found) throw new ToolMissing('SoftHSM2 is missing (conformance/documents/install.sh)')
    this.cwd = cwd
    this.module = found
    this.environment = { SOFTHSM2_CONF: join(cwd, 'softhsm2.conf') }
  }

  get options(): TokenOptions {
    return { module: this.module, token: 'officer', pin: () => pin, environment: this.environment }
  }

  run(command: string, ...args: readonly string[]): void {
    const env = { ...process.env, ...this.environment }
    const { error, status, stdout, stderr } = spawnSync(command, args, { cwd: this.cwd, env })
    if (error) throw new ToolMissing(`${command} is missing (conformance/documents/install.sh)`)
    if (status !== 0) throw new Error(`${command}: ${stderr}${stdout}`)
  }

  pkcs11(...args: readonly string[]): void {
    this.run(
      'pkcs11-tool',
      '--module',
      this.module,
      '--token-label',
      'officer',
      '--login',
      '--pin',
      pin,
      ...args,
    )
  }
}
