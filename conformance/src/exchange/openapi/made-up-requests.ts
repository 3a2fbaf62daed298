import { execFile } from 'node:child_process'
import { Validator } from '@seriousme/openapi-schema-validator'
import { type Check, claim, type Finding } from '../../check.ts'
import { laid } from '../../services/tools.ts'
import { inFolder } from '../../tool.ts'
import { atLoneGateway, type Listener } from './place.ts'

/** For how long requests are made up for each listener. */
const seconds = process.env.SAPAN_SCHEMATHESIS_SECONDS ?? '120'

/** The documents of center and gateway, and what answers behind them on requests that another's tool makes up. */
export const madeUpRequests: Check = {
  name: 'exchange, OpenAPI',
  against: () => 'PyPI schemathesis 4.32.5, npm @seriousme/openapi-schema-validator 2.11.0',
  async run() {
    const findings: Finding[] = []
    const laidOut = await claim('a center and a gateway of their own come up, and end well', async () => {
      laid('schemathesis', 'venv', 'bin', 'schemathesis')
      await atLoneGateway(async (listeners) => {
        for (const one of listeners) findings.push(...(await listener(one)))
      })
    })
    return [laidOut, ...findings]
  },
}

async function listener({ name, url, headers }: Listener): Promise<Finding[]> {
  const document = await (await fetch(`${url}/v1/openapi.json`, { headers })).json()
  return [
    await claim(`${name}: its openapi.json is valid OpenAPI 3.1`, async () => {
      const { valid, errors } = await new Validator().validate(structuredClone(document))
      if (!valid) throw new Error(JSON.stringify(errors).slice(0, 300))
    }),
    await claim(`${name}: schemathesis reaches every operation in ${seconds} s, and finds no 5xx`, () =>
      inFolder({ 'openapi.json': JSON.stringify(document) }, (folder) => assail(folder, url, headers)),
    ),
    await claim(`${name}: it answers as before afterwards`, async () => {
      const { status } = await fetch(`${url}/v1/openapi.json`, { headers })
      if (status !== 200) throw new Error(`${status}`)
    }),
  ]
}

async function assail(cwd: string, url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const shown = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
  const args = [
    ...['--no-color', 'run', 'openapi.json', '--url', url, ...shown, '--checks', 'not_a_server_error'],
    ...['--phases', 'coverage,fuzzing', '--max-time', seconds, '--seed', '2569', '--warnings', 'off'],
    ...['--suppress-health-check', 'all', '--continue-on-failure'],
  ]
  const program = laid('schemathesis', 'venv', 'bin', 'schemathesis')
  const { code, out } = await new Promise<{ code: number; out: string }>((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 26, timeout: 600_000 }, (error, stdout, stderr) =>
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
