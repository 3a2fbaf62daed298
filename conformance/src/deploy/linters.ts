import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Check, claim, refused, ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { inFolder, tool } from '../tool.ts'

const deploy = fileURLToPath(new URL('../../../deploy/', import.meta.url))
const tools = join(toolsFolder, 'deploy')
const promtool = join(tools, 'prometheus', 'usr', 'bin', 'promtool')
const hadolint = join(tools, 'python', 'bin', 'hadolint')

/** By systemd's own scale, of 100: 30 and less is what it calls OK. */
const mostExposed = 20

/** The files with which operators run Sapan, held by the linters of those who read them. */
export const deployFiles: Check = {
  name: 'Files for operators',
  against: () => "Debian's promtool and systemd-analyze, hadolint 2.15.1",
  async run() {
    const rules = join(deploy, 'prometheus')
    return [
      await claim('the rules of alerts are Prometheus’, and fire when they should', () => {
        lint(promtool, ['check', 'rules', join(rules, 'sapan-rules.yaml')])
        lint(promtool, ['test', 'rules', join(rules, 'sapan-rules.test.yaml')])
      }),
      await refused('a rule with a slip is found', () =>
        inFolder({ 'r.yaml': 'groups: [{name: a, rules: [{alert: A, expr: "sum by (x"}]}]' }, (folder) =>
          lint(promtool, ['check', 'rules', join(folder, 'r.yaml')]),
        ),
      ),
      await claim('the units are systemd’s', () =>
        withUnits((units) => lint('systemd-analyze', ['verify', ...units])),
      ),
      await claim(`each service is shut in: exposure at most ${mostExposed / 10} of 10`, () =>
        withUnits((units) => {
          const services = units.filter((unit) => unit.endsWith('.service'))
          lint('systemd-analyze', ['security', '--offline=true', `--threshold=${mostExposed}`, ...services])
        }),
      ),
      await claim('the Containerfile is as hadolint wants it', () =>
        lint(hadolint, [join(deploy, 'Containerfile')]),
      ),
    ]
  },
}

function lint(command: string, args: readonly string[]): void {
  try {
    tool(command, args)
  } catch (error) {
    if (error instanceof ToolMissing && command.startsWith('/'))
      throw new ToolMissing('conformance/deploy/install.sh lays it')
    throw error
  }
}

/** The units as they are installed, those for several homes as for one; programs that are not on this machine as ones that are. */
function withUnits(use: (units: readonly string[]) => void): Promise<void> {
  return inFolder({}, (folder) => {
    const units = join(folder, 'units')
    mkdirSync(units)
    const from = join(deploy, 'systemd')
    const names = readdirSync(from).map((name) => {
      const unit = readFileSync(join(from, name), 'utf8').replaceAll(
        '/opt/sapan/node_modules/.bin/sapan',
        '/bin/true',
      )
      const named = name.replace('@.', '@gateway.')
      writeFileSync(join(units, named), unit)
      return join(units, named)
    })
    use(names)
  })
}
