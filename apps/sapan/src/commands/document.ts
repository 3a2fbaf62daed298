import type { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'
import { configureBuild } from './document/build.ts'
import { configureCheck } from './document/check.ts'
import { configureRenew } from './document/renew.ts'
import { configureShow } from './document/show.ts'
import { configureSign } from './document/sign.ts'
import { configureTemplates } from './document/templates.ts'

/** Documents need no system that runs: each command works on files alone. */
export function configure(command: Command, terminal: Terminal): void {
  configureTemplates(command, terminal)
  configureBuild(command, terminal)
  configureSign(command, terminal)
  configureRenew(command, terminal)
  configureCheck(command, terminal)
  configureShow(command, terminal)
}
