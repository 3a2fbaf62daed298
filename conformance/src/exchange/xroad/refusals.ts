import type { Finding } from '../../check.ts'
import { bare } from './examples.ts'
import { same } from './expected.ts'
import type { Answered } from './languages.ts'
import type { Replay } from './replay.ts'

const client = ['X-Road-Client', 'TH/GOV/RD/efiling'] as const

/** What a gateway refuses (§4.6), by that client. The store is closed by now. */
export async function refusalsOf(replay: Replay): Promise<Finding[]> {
  return [
    await replay.claim(
      '§4.6 example 2: a provider that does not answer is Server.ServerProxy’s fault',
      async () =>
        isError((await replay.call(bare)).answered, /^Server\.ServerProxy\..*NetworkError$/, 'server'),
    ),
    await replay.claim('§4.6 example 3: a request without X-Road-Client is the client’s fault', async () =>
      isError(await replay.get('/r1/TH/GOV/DOPA/places/division-v1/provinces', []), /^Client\./, 'client'),
    ),
    await replay.claim('§4.2: an address whose slashes are encoded is the client’s fault', async () =>
      isError(
        await replay.get('/r1/TH%2FGOV%2FDOPA%2Fplaces%2Fdivision-v1', [client]),
        /^Client\./,
        'client',
      ),
    ),
    await replay.claim('§4.1: another version of the protocol than r1 is the client’s fault', async () =>
      isError(
        await replay.get('/r9/TH/GOV/DOPA/places/division-v1/provinces', [client]),
        /^Client\./,
        'client',
      ),
    ),
    await replay.claim('§4.6: a member that nobody knows is Server.ClientProxy’s finding', async () =>
      isError(await replay.get('/r1/TH/GOV/NOBODY/x/y-v1/z', [client]), /^Server\.ClientProxy\./, 'either'),
    ),
  ]
}

/** X-Road's body of an error, with its type in the header too. */
function isError(answered: Answered, type: RegExp, by: 'client' | 'server' | 'either'): void {
  const { status, headers } = answered
  const error: unknown = JSON.parse(Buffer.from(answered.body, 'base64').toString('utf8'))
  same(
    'the members',
    Object.keys(error as object)
      .sort()
      .join(),
    'detail,message,type',
  )
  const { type: told = '' } = error as { type?: string }
  if (!type.test(told)) throw new Error(`the type is ${told}`)
  same('x-road-error', headers['x-road-error'], told)
  if (!/^application\/json; ?charset=utf-8$/i.test(headers['content-type'] ?? ''))
    throw new Error(`the content type is ${headers['content-type']}`)
  const [least, most] = { client: [400, 499], server: [500, 599], either: [400, 599] }[by]
  if (status < (least ?? 0) || status > (most ?? 0)) throw new Error(`the status is ${status}`)
}
