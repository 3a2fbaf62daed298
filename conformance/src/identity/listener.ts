import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The clients' own door: where their keys lie, and where the issuer tells them of sign-outs. */
export interface Listener {
  readonly origin: string
  serve(path: string, content: unknown): void
  /** The next form that is posted to a path, or was and has not been taken. Rejects after some seconds. */
  posted(path: string, seconds: number): Promise<URLSearchParams>
}

interface Posted {
  readonly path: string
  readonly form: URLSearchParams
}

/** Opens a door on this machine, which keeps nobody from ending. */
export async function listen(): Promise<Listener> {
  const served = new Map<string, string>()
  const taken: Posted[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      const path = request.url ?? '/'
      const content = served.get(path)
      if (request.method === 'POST') taken.push({ path, form: new URLSearchParams(body) })
      response.writeHead(request.method === 'POST' || content ? 200 : 404, {
        'content-type': 'application/json',
      })
      response.end(request.method === 'POST' ? '' : content)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  server.unref()
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    serve: (path, content) => void served.set(path, JSON.stringify(content)),
    posted: (path, seconds) => next(taken, path, seconds),
  }
}

async function next(taken: Posted[], path: string, seconds: number): Promise<URLSearchParams> {
  for (let turn = 0; turn < seconds * 10; turn++) {
    const at = taken.findIndex((one) => one.path === path)
    const [found] = at < 0 ? [] : taken.splice(at, 1)
    if (found) return found.form
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`nothing was posted to ${path} within ${seconds} s`)
}
