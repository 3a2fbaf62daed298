import { readFileSync } from 'node:fs'
import { type Check, claim } from '../check.ts'
import { askEdge, runningCountry } from '../country.ts'

const client = 'TH/GOV/RD/efiling'
const subsystem = '/r1/TH/GOV/DOPA/population'
/** Example messages of X-Road's metadata protocols. */
export const examples = JSON.parse(
  readFileSync(new URL('../../fixtures/x-road.json', import.meta.url), 'utf8'),
)

/** Our metaservices against the example messages of X-Road's own protocol documents. */
export const metaservices: Check = {
  name: 'X-Road metaservices',
  against: () => 'the example messages of X-Road’s metadata protocols',
  async run() {
    const ask = async (path: string): Promise<unknown> => askEdge(await runningCountry(), 'RD', path, client)
    return [
      await claim('listClients has the members of X-Road’s example, no others', async () =>
        sameShape(await ask('/listClients'), examples.listClients),
      ),
      await claim('listMethods has the members of X-Road’s example, no others', async () =>
        sameShape(await ask(`${subsystem}/listMethods`), examples.listMethods),
      ),
      await claim('allowedMethods has the members of X-Road’s example, no others', async () =>
        sameShape(await ask(`${subsystem}/allowedMethods`), examples.listMethods),
      ),
      await claim('endpoints have * where a parameter stands, as in X-Road’s example', async () => {
        const text = JSON.stringify(await ask(`${subsystem}/listMethods`))
        if (text.includes('{id}') || !text.includes('/persons/*')) throw new Error('a path has {id}')
      }),
      await claim('getOpenAPI answers an OpenAPI document', async () => {
        const text = JSON.stringify(await ask(`${subsystem}/getOpenAPI?serviceCode=person-v1`))
        if (!text.includes('"openapi":"3.1')) throw new Error('no openapi member')
      }),
    ]
  },
}

/** Throws unless both have the same member names at the same places; arrays count by what their elements have. */
export function sameShape(value: unknown, example: unknown): void {
  const [found, wanted] = [places(value), places(example)]
  const missing = [...wanted].filter((place) => !found.has(place))
  const more = [...found].filter((place) => !wanted.has(place))
  if (missing.length > 0 || more.length > 0)
    throw new Error(`missing: ${missing.join(', ') || 'none'}; not in X-Road: ${more.join(', ') || 'none'}`)
}

function places(value: unknown, at = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((element) => [...places(element, `${at}[]`)]))
  if (typeof value !== 'object' || value === null) return new Set([at])
  return new Set(Object.entries(value).flatMap(([name, member]) => [...places(member, `${at}.${name}`)]))
}
