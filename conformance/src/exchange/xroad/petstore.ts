import { createServer, type IncomingMessage, type Server } from 'node:http'

/** What reached the store, as it stood on the wire. */
export interface Arrived {
  readonly method: string
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

interface StoreAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const json = { 'content-type': 'application/json;charset=utf-8' }
const pet = (id: number): string =>
  `{\n  "id": ${id},\n  "category": {\n    "id": 0,\n    "name": "string"\n  },\n  "name": "doggie",\n  "photoUrls": [\n    "string"\n  ],\n  "tags": [\n    {\n      "id": 0,\n      "name": "string"\n    }\n  ],\n  "status": "available"\n}\n`

/** What the pet store of X-Road's document answers (§4.6, §6), by method and path. */
export const storeAnswers: Readonly<Record<string, StoreAnswer>> = {
  'GET /v2/pets/1124': {
    status: 200,
    // What a provider may not say is written over or left out (§4.3).
    headers: { ...json, 'x-road-request-hash': 'forged', 'x-road-id': 'forged', server: 'petstore/1' },
    body: '{\n  "id": 1124,\n  "name": "Siddu",\n  "photoUrls": [],\n  "tags": [],\n  "status": "Offline"\n}\n',
  },
  'PUT /v2/pets/5657082955040009': { status: 200, headers: json, body: pet(5657082955040009) },
  'POST /v2/pets': { status: 200, headers: json, body: pet(5657082955040122) },
  'DELETE /v2/pets/1124': { status: 200, headers: {}, body: '' },
  'POST /v2/pets/1124/images': {
    status: 200,
    headers: json,
    body: '{\n  "code":200,\n  "type":null,\n  "message":"additionalMetadata: null\\nFile uploaded to ./file, 170025 bytes"\n}\n',
  },
  'GET /v2/pets': { status: 200, headers: json, body: '[]' },
  'GET /v2/pets/405': {
    status: 405,
    headers: json,
    body: '{\n  "timestamp":"2019-03-21T09:45:19.904Z",\n  "status":405,\n  "error":"Method Not Allowed",\n  "message":"Request method \'PUT\' not supported",\n  "path":"/v3/pet/findByStatus"\n}',
  },
  'GET /v2/pets/302': {
    status: 302,
    headers: { location: 'https://petstore.example.org/v2/pets/7' },
    body: '',
  },
}

/** The store itself, which keeps what reached it. */
export class Petstore {
  readonly arrived: Arrived[] = []
  readonly url: string
  readonly #server: Server

  private constructor(server: Server, port: number) {
    this.#server = server
    this.url = `http://127.0.0.1:${port}`
  }

  static async open(port: number): Promise<Petstore> {
    const server = createServer()
    const store = new Petstore(server, port)
    server.on('request', async (request: IncomingMessage, response) => {
      const { method = '', url = '' } = request
      const body = Buffer.concat(await Array.fromAsync(request))
      store.arrived.push({ method, target: url, headers: headersOf(request), body })
      const answer = storeAnswers[`${method} ${url.split('?')[0]}`]
      response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body)
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return store
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** Throws where a name comes twice: two programs could read that in two ways. */
function headersOf({ rawHeaders }: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (headers.has(name)) throw new Error(`the store got ${name} twice`)
    headers.set(name, rawHeaders[at + 1] ?? '')
  }
  return headers
}
