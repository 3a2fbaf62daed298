import type { Description, Listener } from './listener.ts'
import type { Offering } from './offered.ts'
import { sapan } from './running.ts'

/** What opens the door, in `gateway.yaml`. */
export const opened = '\ngdx:\n  enabled: true\n'

const key = 'conformance'
const agent = '1111111111119'
const path = '/ws/harbour/boats'

/**
 * The door for callers of GDX, who have a token. The gateway gives no document of it: this one says of its two steps what the
 * guide does, as long as the door answers. A call is answered by the exchange of boats.
 */
export async function gdxDoor(place: Omit<Offering, 'folder'>): Promise<Listener> {
  const { gateway, member, edge } = place
  const own = ['--home', gateway]
  const added = JSON.parse(
    sapan('gdx', 'add', 'old', '--for', `${member}/main`, '--key', key, '--json', ...own),
  )
  const target = `/r1/${member}/boats/boat-v1/by-harbour/{Harbour}`
  sapan('gdx', 'map', path, '--when', 'ServiceID=1', '--ignore', 'OfficeID', '--to', target, ...own)
  const query = `ConsumerSecret=${added.secret}&AgentID=${agent}`
  const validated = await fetch(`${edge}/ws/auth/validate?${query}`, { headers: { 'Consumer-Key': key } })
  const { Result } = (await validated.json()) as { Result?: string }
  if (Result === undefined) throw new Error(`no token: ${validated.status}`)
  const headers = { 'Consumer-Key': key, Token: Result }
  const describe = async () => {
    const { status } = await fetch(`${edge}${path}?ServiceID=1&Harbour=0`, { headers })
    if (status !== 200) throw new Error(`the door answers ${status}`)
    return description
  }
  return { name: 'GDX door', url: edge, headers, describe }
}

const required = (name: string, where: string, schema: object = { type: 'string' }) => ({
  name,
  in: where,
  required: true,
  schema,
})
const answered = { 200: { description: 'answered' }, default: { description: 'refused' } }

const description: Description = {
  openapi: '3.1.0',
  info: { title: 'The two steps of GDX', version: '1' },
  paths: {
    '/ws/auth/validate': {
      get: {
        parameters: [
          required('Consumer-Key', 'header'),
          required('ConsumerSecret', 'query'),
          required('AgentID', 'query', { type: 'string', pattern: '^[0-9]{13}$' }),
        ],
        responses: answered,
      },
    },
    [path]: {
      get: {
        parameters: [
          required('Consumer-Key', 'header'),
          required('Token', 'header'),
          required('ServiceID', 'query', { type: 'string', enum: ['1'] }),
          required('Harbour', 'query'),
          { name: 'OfficeID', in: 'query', schema: { type: 'string' } },
        ],
        responses: answered,
      },
    },
  },
}
