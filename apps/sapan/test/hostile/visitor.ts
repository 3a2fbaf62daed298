import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { SiteMethod } from '@sapan/ui'
import type { FaceName, OpenHouse } from './house.ts'
import { usualAgency } from './people.ts'

export interface Sent {
  readonly method: SiteMethod
  /** Path and query, byte for byte. */
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const agent = new Agent({ keepAlive: true })

/** A browser that sends whatever it is told, as it is told; on localhost all ports share its cookies. */
export class HostileVisitor {
  readonly #jar = new Map<string, string>()
  readonly #open: OpenHouse
  /** Of the forms of each face. */
  readonly #keys = new Map<FaceName, string>()

  constructor(open: OpenHouse) {
    this.#open = open
  }

  key(face: FaceName): string {
    return this.#keys.get(face) ?? ''
  }

  async send(face: FaceName, sent: Sent): Promise<Answered> {
    // A connection that was kept may be closed in the moment in which it is used.
    const answered = await this.#sendBy(agent, face, sent).catch(() => this.#sendBy(false, face, sent))
    // What answers cookies that are not this visitor's is not for them.
    if (sent.headers?.cookie !== undefined) return answered
    for (const line of answered.headers['set-cookie'] ?? []) this.#keep(line)
    const key = /name="form-key" value="([^"]+)"/.exec(answered.text)?.[1]
    if (key !== undefined) this.#keys.set(face, key)
    return answered
  }

  async #sendBy(by: Agent | false, face: FaceName, { method, target, headers = {}, body }: Sent) {
    const { hostname, port } = new URL(this.#open.origins[face])
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return await new Promise<Answered>((resolve, reject) => {
      const asked = request(
        {
          agent: by,
          host: hostname,
          port,
          method,
          path: target,
          headers: {
            accept: 'text/html',
            cookie,
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
        },
        (answer) => {
          const pieces: Buffer[] = []
          answer.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(pieces).toString('utf8'),
            }),
          )
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  }

  /** A form as a browser sends it, with the face's key. */
  async submit(face: FaceName, target: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const body = new URLSearchParams({ ...fields, 'form-key': this.key(face) }).toString()
    const type = 'application/x-www-form-urlencoded'
    return await this.send(face, { method: 'POST', target, headers: { 'content-type': type }, body })
  }

  /** Goes on in a sign-in that another browser has begun. */
  takeIssuerFrom(other: HostileVisitor): void {
    for (const [name, value] of other.#jar)
      if (/^_(interaction|session)/.test(name)) this.#jar.set(name, value)
  }

  /** Follows until a page, or until `stop` matches where it would go next. */
  async follow(face: FaceName, target: string, stop?: RegExp): Promise<Answered & { at: URL }> {
    let at = new URL(target, this.#open.origins[face])
    for (let step = 0; step < 15; step++) {
      const answered = await this.send(this.#faceAt(at), { method: 'GET', target: at.pathname + at.search })
      const to = answered.headers.location
      if (to === undefined) return { ...answered, at }
      at = new URL(to, at)
      if (stop?.test(at.pathname)) return { ...answered, at }
    }
    throw new Error(`too many redirects, at ${at.pathname}`)
  }

  /** Somebody new signs in at portal and desk. */
  async signIn(agency = usualAgency): Promise<void> {
    this.#jar.clear()
    await this.#open.newcomer(agency)
    for (const [face, page] of [
      ['portal', '/me'],
      ['desk', '/desk/tasks'],
    ] as const) {
      const { at } = await this.follow(face, page)
      if (at.origin === this.#open.origins.issuer) {
        const played = await this.submit('issuer', `${at.pathname}/play`, {})
        await this.follow('issuer', played.headers.location ?? '')
      }
      const there = await this.follow(face, page)
      if (there.at.pathname !== page) throw new Error(`nobody is signed in: ${there.at.href}`)
    }
  }

  #faceAt({ origin }: URL): FaceName {
    const found = (['issuer', 'portal', 'desk'] as const).find((name) => this.#open.origins[name] === origin)
    if (found === undefined) throw new Error(`led elsewhere: ${origin}`)
    return found
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0/i.test(line)) this.#jar.delete(name)
    else this.#jar.set(name, value)
  }
}
