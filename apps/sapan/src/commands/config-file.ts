import { existsSync } from 'node:fs'
import { Problem } from '@sapan/kernel'
import { Option } from 'commander'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { layoutOf } from '../home/layout.ts'
import { problems } from '../problems.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `--config <file>`, of commands that run from a configuration: it must be given. */
export function configFile({ say }: Terminal): Option {
  const about = say({ th: 'แฟ้มตั้งค่า (YAML)', en: 'its configuration (YAML)' })
  return new Option('--config <file>', about).makeOptionMandatory()
}

export interface OperatorOptions extends HomeOptions {
  readonly config?: string
}

/** `--config <file>`, of commands at the operator's own machine: the home's where none is given. */
export function configFileOrHome({ say }: Terminal): Option {
  const about = {
    th: 'แฟ้มตั้งค่า (YAML) หากไม่ระบุ ใช้ของโฟลเดอร์ของสะพาน',
    en: 'its configuration (YAML); that of the home where none is given',
  }
  return new Option('--config <file>', say(about))
}

/** The operator's configuration that a command is about. Throws `home-missing` where the home has none. */
export function operatorFile(options: OperatorOptions, terminal: Terminal): string {
  if (options.config !== undefined) return options.config
  const { identityConfig } = layoutOf(homeOf(options, terminal))
  if (existsSync(identityConfig)) return identityConfig
  throw new Problem(problems['home-missing'], {
    detail: {
      th: `ไม่มี ${identityConfig} และไม่ได้ระบุ --config`,
      en: `there is no ${identityConfig}, and no --config was given`,
    },
  })
}
