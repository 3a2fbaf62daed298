import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { askEdge, type Country, runningCountry } from '../../country.ts'
import { freePort } from '../../ports.ts'
import { inFolder, tool } from '../../tool.ts'
import { Petstore } from './petstore.ts'

const program = fileURLToPath(new URL('../../../../apps/sapan/bin/sapan.mjs', import.meta.url))
const description = readFileSync(new URL('../../../exchange/petstore.json', import.meta.url), 'utf8')
const subsystem = 'TH/GOV/DOPA/places'

/** X-Road's pet store behind a gateway of a running country, and the edge of another at which it is asked. */
export interface XroadPlace {
  readonly edge: string
  readonly client: string
  /** As it stands in an address: `TH/GOV/DOPA/places/petstore….-v1`. */
  readonly service: string
  readonly store: Petstore
  ask(path: string): Promise<unknown>
}

/** Throws `ToolMissing` where no country runs. */
export async function atPetstore<T>(use: (place: XroadPlace) => Promise<T>): Promise<T> {
  const country = await runningCountry()
  // Of this run: the grants of an earlier one would make the purpose unclear.
  const code = `petstore${Date.now().toString(36)}`
  const service = `${subsystem}/${code}-v1`
  const client = 'TH/GOV/RD/efiling'
  const store = await Petstore.open(await freePort())
  const files = {
    'petstore.json': description.replace('"x-sapan-code": "petstore"', `"x-sapan-code": "${code}"`),
    'grant.json': JSON.stringify(grantOf(client, service)),
  }
  try {
    return await inFolder(files, async (folder) => {
      const sapan = (...args: string[]) => tool(process.execPath, [program, ...args, '--home', country.home])
      sapan('service', 'add', join(folder, 'petstore.json'), '--subsystem', subsystem, '--url', store.url)
      try {
        sapan('grant', 'add', join(folder, 'grant.json'))
        await untilGranted(country, client, code)
        const ask = (path: string) => askEdge(country, 'RD', path, client)
        return await use({ edge: country.edge('RD'), client, service, store, ask })
      } finally {
        sapan('service', 'remove', service)
      }
    })
  } finally {
    await store.close()
  }
}

function grantOf(consumer: string, service: string) {
  const all = { fields: ['*'], query: [] }
  return {
    consumer,
    service,
    operations: {
      getPets: { fields: ['*'], query: ['term', 'quu'] },
      addPet: all,
      getPetById: { ...all, headers: ['location'] },
      updatePet: all,
      deletePet: all,
      uploadFile: all,
    },
    purpose: 'conformance',
    law: { act: { th: 'พระราชบัญญัติทดสอบ', en: 'Act of a test' }, section: '1' },
    notBefore: '2020-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
  }
}

/** The consumer's gateway learns of service and grant within seconds. */
async function untilGranted(country: Country, client: string, code: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const allowed = await askEdge(country, 'RD', `/r1/${subsystem}/allowedMethods`, client)
    if (JSON.stringify(allowed).includes(code)) return
    if (Date.now() > deadline) throw new Error('the grant did not reach the consumer’s gateway')
    await setTimeout(300)
  }
}
