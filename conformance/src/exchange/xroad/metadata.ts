import type { Finding } from '../../check.ts'
import { examples, sameShape } from '../../checks/metaservices.ts'
import { same } from './expected.ts'
import type { XroadPlace } from './place.ts'
import type { Replay } from './replay.ts'

/** X-Road's metadata services (PR-MREST), by that client. */
export async function metadataOf(replay: Replay, { client, service }: XroadPlace): Promise<Finding[]> {
  const [subsystem = '', code = ''] = [
    service.slice(0, service.lastIndexOf('/')),
    service.slice(service.lastIndexOf('/') + 1),
  ]
  const read = async (target: string): Promise<unknown> => {
    const headers = [
      ['X-Road-Client', client],
      ['Accept', 'application/json'],
    ] as const
    const answered = await replay.get(target, headers)
    same('the status', answered.status, 200)
    const type = answered.headers['content-type'] ?? ''
    if (!/^application\/json; ?charset=utf-8$/i.test(type)) throw new Error(`the content type is ${type}`)
    return JSON.parse(Buffer.from(answered.body, 'base64').toString('utf8'))
  }
  return [
    await replay.claim('listClients, by the example’s members', async () =>
      sameShape(await read('/listClients'), examples.listClients),
    ),
    await replay.claim('listMethods, by the example’s members', async () =>
      sameShape(await read(`/r1/${subsystem}/listMethods`), examples.listMethods),
    ),
    await replay.claim('allowedMethods has the endpoints of the granted pet store', async () => {
      const allowed = (await read(`/r1/${subsystem}/allowedMethods`)) as {
        service: { service_code: string; endpoint_list: { method: string; path: string }[] }[]
      }
      const store = allowed.service.find((one) => one.service_code === code)
      const endpoints = store?.endpoint_list.map(({ method, path }) => `${method} ${path}`).sort()
      const wanted =
        'DELETE /v2/pets/*, GET /v2/pets, GET /v2/pets/*, POST /v2/pets, POST /v2/pets/*/images, PUT /v2/pets/*'
      same('the list', endpoints?.join(', '), wanted)
    }),
    await replay.claim('getOpenAPI gives the pet store’s description', async () => {
      const found = (await read(`/r1/${subsystem}/getOpenAPI?serviceCode=${code}`)) as {
        openapi?: string
        paths?: object
      }
      if (!found.openapi?.startsWith('3.1') || !Object.keys(found.paths ?? {}).includes('/v2/pets/{petId}'))
        throw new Error('another document came')
    }),
  ]
}
