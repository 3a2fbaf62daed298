import { type Registered, registered } from '../identity/clients.ts'
import { Person } from '../identity/person.ts'
import { must, relyingParty, signIn } from '../identity/relying-party.ts'

/** A person's own program, with a token of the issuer, to which they agreed on its pages. */
export interface Program {
  readonly at: Registered
  readonly portal: string
  readonly token: string
  /** The JSON of an answer, with its entity tag. Throws for any other status than those under 300. */
  call<T = unknown>(method: string, path: string, more?: Sending): Promise<Answer<T>>
  bytes(path: string): Promise<Buffer>
}

interface Sending {
  readonly body?: object
  readonly seen?: string
}

export interface Answer<T> {
  readonly status: number
  readonly etag: string
  /** As whoever asks takes it to be: an integrator's program knows no more. */
  readonly value: T
}

/** `who`: a sandbox person. Throws `ToolMissing` where no country runs. */
export async function programOf(who: string): Promise<Program> {
  const at = await registered()
  const parameters = { scope: 'openid applications' }
  const configuration = await relyingParty(at, 'program')
  const { access_token: token } = await signIn(configuration, { at, person: new Person(who), parameters })
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' }
  const send = async (method: string, path: string, { body, seen }: Sending = {}) => {
    const response = await fetch(at.portal + path, {
      method,
      headers: {
        ...headers,
        ...(body && { 'content-type': 'application/json' }),
        ...(seen !== undefined && { 'if-match': seen }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    must(response.ok, `${method} ${path}: ${response.status} ${bytes.toString('utf8').slice(0, 300)}`)
    return { response, bytes }
  }
  return {
    at,
    portal: at.portal,
    token,
    call: async <T>(method: string, path: string, more?: Sending) => {
      const { response, bytes } = await send(method, path, more)
      const value: T = bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'))
      return { status: response.status, etag: response.headers.get('etag') ?? '', value }
    },
    bytes: async (path) => (await send('GET', path)).bytes,
  }
}
