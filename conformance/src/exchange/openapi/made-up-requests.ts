import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Validator } from '@seriousme/openapi-schema-validator'
import { type Check, claim, type Finding } from '../../check.ts'
import { laid } from '../../services/tools.ts'
import { inFolder } from '../../tool.ts'
import type { Listener } from './listener.ts'
import { atLoneGateway } from './place.ts'

/** For how long requests are made up for each listener. */
const seconds = process.env.SAPAN_SCHEMATHESIS_SECONDS ?? '120'

/** Where `bodies.py` lies, by which schemathesis makes up what is not JSON. */
const bodies = fileURLToPath(new URL('../../../exchange', import.meta.url))

/** The documents of center and gateway, and what answers behind them on requests that another's tool makes up. */
export const madeUpRequests: Check = {
  name: 'exchange, OpenAPI',
  against: () => 'PyPI schemathesis 4.32.5, npm @seriousme/openapi-schema-validator 2.11.0',
  async run() {
    const findings: Finding[] = []
    const laidOut = await claim('a center and a gateway of their own come up, and end well', async () => {
      laid('schemathesis', 'venv', 'bin', 'schemathesis')
      await atLoneGateway(async (listeners) => {
        for (const one of listeners) findings.push(...(await listenerHolds(one)))
      })
    })
    return [laidOut, ...findings]
  },
}

async function listenerHolds(listener: Listener): Promise<Finding[]> {
  const { name } = listener
  const held = listener.held === undefined ? '' : ', and only answers as described'
  return [
    await claim(`${name}: its openapi.json is valid OpenAPI 3.1`, async () => {
      const { valid, errors } = await new Validator().validate(structuredClone(await listener.describe()))
      if (!valid) throw new Error(JSON.stringify(errors).slice(0, 300))
    }),
    await claim(
      `${name}: schemathesis reaches every operation in ${seconds} s, and finds no 5xx${held}`,
      () => assail(listener),
    ),
    await claim(`${name}: it answers as before afterwards`, () => listener.describe()),
  ]
}

async function assail(listener: Listener): Promise<void> {
  const described = JSON.stringify(await listener.describe())
  await inFolder({ 'openapi.json': described }, (folder) => assailIn(folder, listener))
}

async function assailIn(cwd: string, { url, headers, held = [] }: Listener): Promise<void> {
  const shown = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
  const args = [
    ...['--no-color', 'run', 'openapi.json', '--url', url, '--tls-verify', 'false', ...shown],
    ...['--checks', ['not_a_server_error', ...held].join(','), '--phases', 'coverage,fuzzing'],
    ...['--max-time', seconds, '--seed', '2569', '--warnings', 'off'],
    ...['--suppress-health-check', 'all', '--continue-on-failure'],
  ]
  const program = laid('schemathesis', 'venv', 'bin', 'schemathesis')
  const { code, out } = await new Promise<{ code: number; out: string }>((resolve) => {
    const own = { PYTHONPATH: bodies, PYTHONDONTWRITEBYTECODE: '1', SCHEMATHESIS_HOOKS: 'bodies' }
    const env = { ...process.env, ...own }
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26, timeout: 600_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, out: stdout + stderr }),
    )
  })
  if (process.env.SAPAN_CONFORMANCE_LOG) console.error(out)
  if (code !== 0) throw new Error(failuresIn(out))
  const [, selected, tested] = /Selected: (\d+)\/[\s\S]*?Tested: (\d+)/.exec(out) ?? []
  if (selected === undefined || selected !== tested)
    throw new Error(`the time was enough for ${tested} of ${selected} operations: SAPAN_SCHEMATHESIS_SECONDS`)
}

/** The operations that failed, with the status. */
function failuresIn(out: string): string {
  const found = [...out.matchAll(/^_+ (.+?) _+$([\s\S]*?)(?=^_{3,} |^={3,} )/gm)].map(
    ([, operation = '', text = '']) => `${operation}: ${/\[(5\d\d)\]/.exec(text)?.[1] ?? text.slice(0, 80)}`,
  )
  return found.length > 0 ? found.join('; ').slice(0, 800) : out.trim().slice(-500)
}
