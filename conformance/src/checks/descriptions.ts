import { createRequire } from 'node:module'
import { Validator } from '@seriousme/openapi-schema-validator'
import { type Check, claim, type Finding } from '../check.ts'
import { askEdge, runningCountry } from '../country.ts'

const client = 'TH/GOV/RD/efiling'

interface Listed {
  readonly xroad_instance: string
  readonly member_class: string
  readonly member_code: string
  readonly subsystem_code: string
  readonly service_code: string
}

/** The OpenAPI of every service of a running country, as gateways give it, in an independent validator. */
export const descriptions: Check = {
  name: 'Service descriptions',
  against() {
    const { version } = createRequire(import.meta.url)('@seriousme/openapi-schema-validator/package.json')
    return `npm @seriousme/openapi-schema-validator ${String(version)}`
  },
  async run() {
    let paths: string[] = []
    const listed = await claim('every subsystem lists its services', async () => {
      paths = await everyDescription()
    })
    const findings: Finding[] = [listed]
    for (const path of paths)
      findings.push(
        await claim(
          `${path.replace(/^\/r1\/|getOpenAPI\?serviceCode=/g, '')} is valid OpenAPI 3.1`,
          async () => {
            const document = await askEdge(await runningCountry(), 'RD', path, client)
            const validator = new Validator()
            const { valid, errors } = await validator.validate(
              structuredClone(document) as Record<string, unknown>,
            )
            if (!valid) throw new Error(JSON.stringify(errors).slice(0, 300))
            if (validator.version !== '3.1') throw new Error(`OpenAPI ${validator.version}`)
          },
        ),
      )
    return findings
  },
}

async function everyDescription(): Promise<string[]> {
  const country = await runningCountry()
  const clients = (await askEdge(country, 'RD', '/listClients', client)) as { member: { id: Listed }[] }
  const subsystems = clients.member.map(({ id }) => `/r1/${addressOf(id)}`)
  const paths: string[] = []
  for (const subsystem of subsystems) {
    const { service } = (await askEdge(country, 'RD', `${subsystem}/listMethods`, client)) as {
      service: Listed[]
    }
    paths.push(...service.map(({ service_code }) => `${subsystem}/getOpenAPI?serviceCode=${service_code}`))
  }
  if (paths.length === 0) throw new Error('no service is listed')
  return paths
}

function addressOf({ xroad_instance, member_class, member_code, subsystem_code }: Listed): string {
  return [xroad_instance, member_class, member_code, subsystem_code].join('/')
}
