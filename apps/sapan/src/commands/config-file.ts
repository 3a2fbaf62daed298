import { Option } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `--config <file>`, of commands that run from a configuration: it must be given. */
export function configFile({ say }: Terminal): Option {
  const about = say({ th: 'แฟ้มตั้งค่า (YAML)', en: 'its configuration (YAML)' })
  return new Option('--config <file>', about).makeOptionMandatory()
}
