import { createServer, request } from 'node:http'
import { expect, it } from 'vitest'
import { type Handler, nodeListener } from '../src/index.ts'

const echo: Handler = Object.assign(
  async ({ path, body }: Parameters<Handler>[0]) => ({
    status: 200,
    headers: { 'x-path': path },
    body,
  }),
  { mostBodyBytes: 10 },
)

async function ask(path: string, body: Buffer, headers: Record<string, string | number> = {}) {
  const errors: unknown[] = []
  const failing: Handler = Object.assign(async () => Promise.reject(new Error('no')), { mostBodyBytes: 1 })
  const handler = path === '/fails' ? failing : echo
  const server = createServer(
    nodeListener(handler, {
      prefix: path === '/fails' ? '' : '/mount',
      onError: (error) => errors.push(error),
    }),
  )
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  try {
    return await new Promise<{ status: number; path: unknown; errors: number }>((resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (answer) => {
        answer.resume()
        const { statusCode: status = 0 } = answer
        answer.on('end', () => resolve({ status, path: answer.headers['x-path'], errors: errors.length }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('a handler is mounted under a path, and sees what follows it, without the query', async () => {
  expect(await ask('/mount/a/b?c=d', Buffer.from('1234'))).toMatchObject({ status: 200, path: '/a/b' })
  expect(await ask('/mount', Buffer.alloc(0))).toMatchObject({ status: 200, path: '/' })
  for (const path of ['/elsewhere', '/mountain']) {
    expect(await ask(path, Buffer.alloc(0))).toMatchObject({ status: 404 })
  }
})

it('a body that is announced as too long is not read', async () => {
  expect((await ask('/mount/', Buffer.alloc(11), { 'content-length': 11 })).status).toBe(413)
})

it('a fault of a handler is told to the house, and the caller learns nothing of it', async () => {
  expect(await ask('/fails', Buffer.alloc(0))).toMatchObject({ status: 500, errors: 1 })
})
