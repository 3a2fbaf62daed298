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
const kubernetesValidate = join(tools, 'python', 'bin', 'kubernetes-validate')
const helm = join(tools, 'go', 'helm')
const chart = join(deploy, 'helm', 'sapan')

/** The oldest release of Kubernetes for which the chart is, and the newest. */
const kubernetes = ['1.29', '1.37'] as const

/** By systemd's own scale, of 100: 30 and less is what it calls OK. */
const mostExposed = 20

/** The files with which operators run Sapan, held by the linters of those who read them. */
export const deployFiles: Check = {
  name: 'Files for operators',
  against: () =>
    "Debian's promtool and systemd-analyze, hadolint 2.15.1, helm 3.22.0, kubernetes-validate 1.37.0",
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
      await claim('the chart is as helm wants it, for one gateway, for several, and with a center', () => {
        for (const values of charts) lint(helm, ['lint', '--strict', chart, ...values])
      }),
      await refused('values that the chart does not know how to take', () =>
        lint(helm, ['lint', '--strict', chart, ...named, '--set', 'gateway.replicas=none']),
      ),
      ...(await Promise.all(
        kubernetes.map((version) =>
          claim(`what the chart makes is Kubernetes’, by the schemas of ${version}`, () =>
            checkManifests(version, (text) => text),
          ),
        ),
      )),
      await refused('a field that Kubernetes does not have', () =>
        checkManifests(kubernetes[1], (text) =>
          text.replaceAll('automountServiceAccountToken', 'mountServiceAccountToken'),
        ),
      ),
    ]
  },
}

const named = ['--set-string', 'image.tag=1']
const charts = [
  named,
  [
    ...named,
    '--set',
    'gateway.replicas=2,gateway.home.claim=shared,gateway.home.accessModes={ReadWriteMany}',
  ],
  [...named, '--set', 'gateway.join.tokenSecret=join,gateway.join.peer=https://gateway.example:4102'],
  [...named, '--set', 'center.enabled=true,center.replicas=2,gateway.enabled=false'],
]

/** Holds every chart as it is rendered for that release against its schemas, strictly, after a change to the text. */
function checkManifests(version: string, change: (text: string) => string): Promise<void> {
  return inFolder({}, (folder) => {
    for (const [place, values] of charts.entries()) {
      const file = join(folder, `${place}.yaml`)
      const rendered = lint(helm, ['template', 'sapan', chart, '--kube-version', `${version}.0`, ...values])
      writeFileSync(file, change(rendered))
      lint(kubernetesValidate, ['--strict', '--kubernetes-version', version, file])
    }
  })
}

function lint(command: string, args: readonly string[]): string {
  try {
    return tool(command, args).out
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
