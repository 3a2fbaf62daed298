import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CallError } from '../../src/network/call.ts'
import { guardedFetch, type NetworkRule, type Resolve } from '../../src/network/guarded-fetch.ts'

/** What an attacker would like to be asked: whatever comes in here came through the guard. */
let server: Server
const heard: string[] = []
let port: number
let here: string

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.headers.host}${request.url}`)
    if (request.url === '/away')
      response.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end()
    else if (request.url === '/empty') response.writeHead(204).end()
    else response.end('answer')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  here = `127.0.0.1:${port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const loopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]

async function outcome(url: string, rule: NetworkRule, resolve: Resolve = loopback): Promise<string> {
  heard.length = 0
  try {
    const answer = await guardedFetch(rule, resolve)(url, { signal: AbortSignal.timeout(2000) })
    return `${answer.status} ${await answer.text()}`
  } catch (error) {
    return error instanceof CallError ? error.kind : String(error)
  }
}

describe('what a file names', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0/',
    'http://localhost/',
    'http://intranet/',
  ])('%s is not asked where only public addresses may be', async (url) => {
    expect(await outcome(url, { public: true })).toBe('refused')
  })

  it('is not asked where one of its addresses is not public', async () => {
    const both: Resolve = async () => [
      { address: '1.1.1.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    expect(await outcome('http://rebinding.example/', { public: true }, both)).toBe('refused')
  })

  it.each(['file:///etc/passwd', 'ftp://1.1.1.1/', 'gopher://1.1.1.1/', 'data:,x', 'http:', '//', ''])(
    '%j is no address of HTTP',
    async (url) => {
      expect(await outcome(url, { public: true })).toBe('refused')
    },
  )

  it('is not asked at the ports of other services, nor with a name and a password', async () => {
    for (const url of ['http://1.1.1.1:25/', 'http://1.1.1.1:6379/', 'https://1.1.1.1:8443/'])
      expect(await outcome(url, { public: true })).toBe('refused')
    expect(await outcome('http://user:secret@1.1.1.1/', { public: true })).toBe('refused')
  })

  it('is refused in the same words whether there is such a name or not', async () => {
    const none: Resolve = async () => Promise.reject(new Error('ENOTFOUND'))
    const words = async (resolve: Resolve) =>
      guardedFetch({ public: true }, resolve)('http://intranet/', {}).catch((error: Error) => error.message)
    expect(await words(none)).toBe(await words(loopback))
  })

  it('is not asked at all where nothing is allowed', async () => {
    for (const rule of [{}, { public: false, hosts: [] }])
      expect(await outcome('http://1.1.1.1/', rule)).toBe('refused')
  })
})

describe('a host that is named in the configuration', () => {
  it('is asked, at the very address that was looked up, under its own name', async () => {
    expect(await outcome(`http://ocsp.test:${port}/x`, { hosts: [`OCSP.test:${port}`] })).toBe('200 answer')
    expect(heard).toEqual([`GET ocsp.test:${port}/x`])
  })

  it('is meant at the usual port of the scheme where it has none', async () => {
    const asked = async (url: string, host: string) => {
      let isLookedUp = false
      const none: Resolve = async () => {
        isLookedUp = true
        return []
      }
      await outcome(url, { hosts: [host] }, none)
      return isLookedUp
    }
    expect(await asked('http://ocsp.test/', 'ocsp.test')).toBe(true)
    expect(await asked('http://ocsp.test/', 'ocsp.test:80')).toBe(true)
    expect(await asked('https://ocsp.test/', 'ocsp.test:443')).toBe(true)
    expect(await asked('https://ocsp.test/', 'ocsp.test:80')).toBe(false)
    expect(await asked('http://ocsp.test:8080/', 'ocsp.test')).toBe(false)
  })

  it('is asked at its port only', async () => {
    const rule = { hosts: ['127.0.0.1', `ocsp.test:${port}`] }
    expect(await outcome(`http://${here}/`, rule)).toBe('refused')
    expect(await outcome(`http://other.ocsp.test:${port}/`, rule)).toBe('refused')
    expect(heard).toEqual([])
  })

  it('does not lead elsewhere: a redirection is not followed', async () => {
    expect(await outcome(`http://${here}/away`, { hosts: [here] })).toMatch(/^302/)
    expect(heard).toEqual([`GET ${here}/away`])
  })

  it('may answer with nothing', async () => {
    expect(await outcome(`http://${here}/empty`, { hosts: [here] })).toBe('204 ')
  })
})

it('does not wait for a name that nobody looks up', async () => {
  const never: Resolve = () => new Promise(() => {})
  const going = guardedFetch({ public: true }, never)('http://slow.example/', {
    signal: AbortSignal.timeout(30),
  })
  await expect(going).rejects.toMatchObject({ name: 'TimeoutError' })
})
