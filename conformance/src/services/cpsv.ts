import { readFileSync } from 'node:fs'
import { type Check, claim, type Finding, refused } from '../check.ts'
import { place } from '../identity/place.ts'
import { must } from '../identity/relying-party.ts'
import { inFolder } from '../tool.ts'
import { laid, python } from './tools.ts'

interface Report {
  readonly conforms: boolean
  readonly triples: number
  readonly services: readonly string[]
  /** Things that a shape was held against. */
  readonly checked: number
  readonly results: readonly { readonly focus: string; readonly path: string; readonly message: string }[]
}

interface LinkedData {
  readonly '@graph': readonly Readonly<Record<string, unknown>>[]
}

/** The catalogue of services as linked data, against the published shapes of CPSV-AP. */
export const catalogueAsLinkedData: Check = {
  name: 'services, CPSV-AP',
  against: () => `PyPI pySHACL 0.40.1, rdflib 7.6.0; the SHACL shapes of CPSV-AP ${versionOfShapes()}`,
  async run() {
    let data: LinkedData | undefined
    const had = await claim('the portal gives its services as JSON-LD where that is asked for', async () => {
      data = await linkedData('/api/services')
    })
    if (data === undefined) return [had]
    const whole = data
    return [had, ...(await held(whole)), ...(await broken(whole))]
  },
}

function versionOfShapes(): string {
  try {
    return readFileSync(laid('CPSV-AP', 'cpsv-ap', 'version'), 'utf8').trim()
  } catch {
    return '3.2.0'
  }
}

async function linkedData(path: string): Promise<LinkedData> {
  const { portal } = await place()
  const answer = await fetch(portal + path, { headers: { accept: 'application/ld+json' } })
  must(answer.headers.get('content-type') === 'application/ld+json', `${answer.status}`)
  return (await answer.json()) as LinkedData
}

async function held(data: LinkedData): Promise<Finding[]> {
  return [
    await claim('rdflib reads each service of the catalogue as a cpsv:PublicService', async () => {
      const { portal } = await place()
      const plain = await fetch(`${portal}/api/services`)
      const { services } = (await plain.json()) as { services: { id: string }[] }
      const ids = services.map(({ id }) => `${portal}/services/${id}#service`).sort()
      const found = (await report(data)).services
      must(JSON.stringify(found) === JSON.stringify(ids), `other services: ${found.join(' ')}`)
    }),
    await claim(
      'the catalogue conforms to the shapes, each of its things held against those of its class',
      async () => {
        const { conforms, results, checked } = await report(data)
        must(conforms, results.map(({ focus, path, message }) => `${focus} ${path}: ${message}`).join('; '))
        must(checked > 50, `only ${checked} things were held against a shape`)
      },
    ),
    await claim('each service by itself conforms', async () => {
      for (const service of data['@graph']) {
        const { conforms, results } = await report(
          await linkedData(`/api/services/${service['dct:identifier']}`),
        )
        must(conforms, `${service['dct:identifier']}: ${JSON.stringify(results[0])}`)
      }
    }),
  ]
}

/** That the shapes are held against it at all: what is taken out is missed. */
async function broken(data: LinkedData): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const name of ['dct:title', 'dct:identifier', 'cv:hasCompetentAuthority'])
    findings.push(
      await refused(`a service without ${name} does not conform`, async () => {
        const graph = data['@graph'].map((one) => ({ ...one, [name]: undefined }))
        const { conforms, results } = await report({ ...data, '@graph': graph })
        must(conforms, JSON.stringify(results[0]))
      }),
    )
  return findings
}

async function report(data: LinkedData): Promise<Report> {
  const shapes = laid('CPSV-AP', 'cpsv-ap', 'cpsv-ap-SHACL.ttl')
  return await inFolder({ 'data.jsonld': JSON.stringify(data) }, (folder) =>
    python<Report>('cpsv.py', `${folder}/data.jsonld`, shapes),
  )
}
