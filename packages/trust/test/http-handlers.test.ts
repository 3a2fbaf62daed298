import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Handler, nodeListener } from '../src/index.ts'

const echo: Handler = Object.assign(
  async ({ method, path, query = '', body }: Parameters<Handler>[0]) => ({
    status: path === '/nothing' ? 204 : 200,
    headers: { 'x-path': path, 'x-query': query, 'x-method': method },
    body,
  }),
  { mostBodyBytes: 10 },
)
const failing: Handler = Object.assign(async () => Promise.reject(new Error('no')), { mostBodyBytes: 1 })

/** What came back over a connection of its own, as text; `send` writes, and may wait in between. */
async function talk(
  send: (write: (text: string) => void) => unknown,
  { handler = echo, ...options }: { handler?: Handler; bodyTimeoutMs?: number } = {},
): Promise<{ answer: string; errors: unknown[] }> {
  const errors: unknown[] = []
  const listener = nodeListener(handler, {
    prefix: '/mount',
    onError: (error) => errors.push(error),
    ...options,
  })
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(Buffer.from(part)))
  const closed = new Promise((resolve) => socket.on('close', resolve).on('error', resolve))
  try {
    const gone = await send((text) => socket.write(text))
    if (gone === 'gone') socket.destroy()
    await closed
    await wait(20)
    return { answer: Buffer.concat(parts).toString(), errors }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const head = (line: string, ...fields: string[]) =>
  [`${line} HTTP/1.1`, 'host: x', 'connection: close', ...fields, '', ''].join('\r\n')

const statusOf = (answer: string): number => Number(answer.split(' ')[1])

it('a handler is mounted under a path, and sees what follows it, with the query apart', async () => {
  const ask = (path: string) => talk((write) => write(head(`POST ${path}`, 'content-length: 0')))
  const { answer } = await ask('/mount/a/b?c=d?e')
  expect(answer).toMatch(/^HTTP\/1.1 200 .*x-path: \/a\/b\r\nx-query: c=d\?e\r\n/s)
  expect((await ask('/mount')).answer).toContain('x-path: /\r\n')
  for (const path of ['/elsewhere', '/mountain']) expect(statusOf((await ask(path)).answer)).toBe(404)
})

it('a body that is too long is refused, announced or not, and its sender is told', async () => {
  const announced = await talk((write) => write(head('POST /mount/', 'content-length: 11')))
  expect(statusOf(announced.answer)).toBe(413)
  const chunked = await talk((write) => {
    write(head('POST /mount/', 'transfer-encoding: chunked'))
    write(`b\r\n${'x'.repeat(11)}\r\n`)
  })
  expect(statusOf(chunked.answer)).toBe(413)
  expect([...announced.errors, ...chunked.errors]).toEqual([])
})

it('a body that does not come to its end in time is given up', async () => {
  const { answer } = await talk((write) => write(`${head('POST /mount/', 'content-length: 5')}ab`), {
    bodyTimeoutMs: 30,
  })
  expect(statusOf(answer)).toBe(408)
})

it('a sender who breaks off is no fault, and no handler hears of it', async () => {
  let heard = 0
  const handler: Handler = Object.assign(
    async (asked: Parameters<Handler>[0]) => {
      heard++
      return echo(asked)
    },
    { mostBodyBytes: 10 },
  )
  const { errors } = await talk(
    async (write) => {
      write(`${head('POST /mount/', 'content-length: 5')}ab`)
      await wait(20)
      return 'gone'
    },
    { handler },
  )
  expect(errors).toEqual([])
  expect(heard).toBe(0)
})

it('an answer without a body announces none', async () => {
  const nothing = await talk((write) => write(head('POST /mount/nothing', 'content-length: 0')))
  expect(nothing.answer).toMatch(/^HTTP\/1.1 204 /)
  expect(nothing.answer).not.toMatch(/content-length/i)
  const { answer } = await talk((write) => write(head('HEAD /mount/')))
  expect(answer).toContain('x-method: HEAD')
  expect(answer).not.toMatch(/content-length/i)
})

it('a fault of a handler is told to the house, and the caller learns nothing of it', async () => {
  const { answer, errors } = await talk((write) => write(head('POST /mount/', 'content-length: 0')), {
    handler: failing,
  })
  expect(statusOf(answer)).toBe(500)
  expect(answer).not.toContain('no')
  expect(errors).toHaveLength(1)
})
