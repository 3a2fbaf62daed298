import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { type Check, claim, type Finding } from '../check.ts'
import { must } from '../identity/relying-party.ts'
import { inFolder } from '../tool.ts'
import { type Program, programOf } from './program.ts'
import { laid } from './tools.ts'

/** For how long requests are made up for each service. */
const seconds = process.env.SAPAN_SCHEMATHESIS_SECONDS ?? '45'

/** What each test case is held against, by schemathesis's names. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'positive_data_acceptance',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
]

/** The document of each service, and the API behind it on requests that another's tool makes up from it. */
export const describedApi: Check = {
  name: 'services, OpenAPI',
  against: () => 'PyPI schemathesis 4.32.5, npm @seriousme/openapi-schema-validator 2.11.0',
  async run() {
    let program: Program | undefined
    const had = await claim(
      'a person lets a program apply for them; the issuer gives it a token',
      async () => {
        program = await programOf('spouse')
      },
    )
    if (program === undefined) return [had]
    const findings: Finding[] = [had]
    for (const id of await serviceIds(program)) findings.push(...(await service(id)))
    return findings
  },
}

async function serviceIds({ call }: Program): Promise<string[]> {
  const { value } = await call<{ readonly services: readonly { readonly id: string }[] }>(
    'GET',
    '/api/services',
  )
  return value.services.map(({ id }) => id)
}

async function service(id: string): Promise<Finding[]> {
  return [
    await claim(`${id}: its openapi.json is valid OpenAPI 3.1`, async () => {
      const { call } = await programOf('spouse')
      const validator = new Validator()
      const { valid, errors } = await validator.validate(
        (await call<Record<string, unknown>>('GET', `/api/services/${id}/openapi.json`)).value,
      )
      must(valid && validator.version === '3.1', JSON.stringify(errors ?? '').slice(0, 300))
    }),
    await claim(
      `${id}: schemathesis finds nothing in what the API answers to requests made up from it, for ${seconds} s`,
      async () => {
        // A token lives for ten minutes: each service gets its own.
        await answersAsDescribed(id, await programOf('spouse'))
      },
    ),
  ]
}

interface Run {
  readonly code: number
  readonly out: string
}

async function answersAsDescribed(id: string, { call, portal, token }: Program): Promise<void> {
  const document = (await call('GET', `/api/services/${id}/openapi.json`)).value
  await inFolder(
    { 'openapi.json': JSON.stringify(document), 'schemathesis.toml': settings },
    async (folder) => {
      const args = [
        ...['--no-color', '--config-file', join(folder, 'schemathesis.toml')],
        ...[
          'run',
          join(folder, 'openapi.json'),
          '--url',
          portal,
          '--header',
          `Authorization: Bearer ${token}`,
        ],
        ...['--checks', checks.join(','), '--phases', 'coverage,fuzzing,stateful'],
        ...['--max-examples', '5', '--max-time', seconds, '--seed', '2569', '--suppress-health-check', 'all'],
        ...['--warnings', 'off', '--continue-on-failure', '--report', 'ndjson'],
        ...['--report-ndjson-path', join(folder, 'events.ndjson')],
      ]
      const { code, out } = await run(args, folder)
      if (code === 0) return
      throw new Error(failuresIn(out))
    },
  )
}

/** What rightly refuses requests that a schema allows: another's draft or page of a list, answers that do not fit together. */
const settings = `[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "400", "401", "403", "404", "409", "412", "413", "415", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428"]
[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "409", "412", "422", "428"]
`

function run(args: readonly string[], cwd: string): Promise<Run> {
  const program = laid('schemathesis', 'venv', 'bin', 'schemathesis')
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 26, timeout: 600_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, out: stdout + stderr })
    })
  })
}

/** Each kind of failure with the operations that have it. */
function failuresIn(out: string): string {
  if (process.env.SAPAN_CONFORMANCE_LOG) console.error(out)
  const found = [...out.matchAll(/^_+ (.+?) _+$([\s\S]*?)(?=^_{3,} |^={3,} )/gm)].map(
    ([, operation = '', text = '']) =>
      `${operation}: ${[...text.matchAll(/^- (.+)$/gm)].map(([, what]) => what).join(', ')}`,
  )
  return found.length > 0 ? found.join('; ').slice(0, 800) : out.trim().slice(-500)
}
