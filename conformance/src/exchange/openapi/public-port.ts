import { request } from 'node:https'
import type { Description, Listener } from './listener.ts'

/** The center's public port. Whose certificate it shows is looked at by the checks of TLS, and not here. */
export function publicPort(url: string): Listener {
  const describe = async () => JSON.parse(await get(`${url}/v1/openapi.json`)) as Description
  return { name: 'center, public port', url, headers: {}, describe }
}

function get(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (piece: string) => {
        body += piece
      })
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(body) : reject(new Error(`${answer.statusCode} ${body}`)),
      )
    })
      .on('error', reject)
      .end()
  })
}
