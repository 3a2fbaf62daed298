import { expect, it } from 'vitest'
import type { ServiceAgent } from '../../src/gateway/transport/service-agent.ts'
import { witnessOverHttp } from '../../src/gateway/witness-over-http.ts'

/** What is made of an answer to a checkpoint. */
async function reply(status: number, body: string) {
  const agent = { post: async () => ({ status, body: Buffer.from(body) }) } as unknown as ServiceAgent
  const witness = witnessOverHttp({ name: 'w.example', vkey: 'w', url: 'https://w.example/' }, agent)
  return await witness.submit('log.example', 0, [], 'note', AbortSignal.timeout(1_000))
}

it('a witness tells which size it knows', async () => {
  expect(await reply(409, '42\n')).toEqual({ status: 'conflict', size: 42 })
  expect(await reply(409, '0')).toEqual({ status: 'conflict', size: 0 })
})

it.each(['', 'many', '-1', '1e9', '42 or more', '9'.repeat(20), '<html>'])(
  'one that says %j tells nothing',
  async (body) => {
    expect(await reply(409, body)).toEqual({ status: 'refused', code: 409 })
  },
)

it('of what a witness signs, only the lines of signatures are taken', async () => {
  const lines = ['\u2014 w.example AAAA', '\u2014 other BBBB']
  expect(await reply(200, `hello\n${lines.join('\n')}\n`)).toEqual({ status: 'cosigned', lines })
})
