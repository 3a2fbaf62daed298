import { newSad, sadName } from '../service/authorization.ts'
import type { Caller } from '../service/options.ts'
import type { AuthorizationServerOptions, TokenRequest } from './options.ts'
import { memoryShortLived, type ShortLivedStore } from './store.ts'

/** A request that waits for a person's decision. */
export interface Waiting extends TokenRequest {
  readonly challenge: string
  readonly redirectUri: string
  readonly state?: string
}

/** What a person granted, until the client fetches its token. */
export interface Granted extends Waiting {
  readonly user: string
}

interface Token {
  readonly user: string
  readonly client: string
  readonly credential?: string
}

const ticketMs = 10 * 60_000
const codeMs = 60_000
/** How long it is known that a code was used, and for which token. */
const usedMs = 60 * 60_000

/** Tickets, codes and tokens, each held under its hash: a store that is read gives none away. */
export class Grants {
  readonly #options: AuthorizationServerOptions
  readonly #store: ShortLivedStore

  constructor(options: AuthorizationServerOptions) {
    this.#options = options
    this.#store = options.store ?? memoryShortLived(options.clock)
  }

  async newTicket(waiting: Waiting): Promise<string> {
    return this.#keep('ticket', waiting, ticketMs)
  }

  async takeTicket(ticket: string): Promise<Waiting | undefined> {
    return parsed(await this.#store.take(`ticket/${sadName(ticket)}`))
  }

  async newCode(granted: Granted): Promise<string> {
    return this.#keep('code', granted, codeMs)
  }

  /** Gives what was granted, once. A code that comes again ends the token that it gave (RFC 6749 §4.1.2). */
  async takeCode(code: string): Promise<Granted | undefined> {
    const name = sadName(code)
    const granted: Granted | undefined = parsed(await this.#store.take(`code/${name}`))
    if (granted) return granted
    const used = await this.#store.take(`used/${name}`)
    if (used !== undefined) await this.#end(used)
    return undefined
  }

  /** A token for what was granted with that code; of scope `credential` it is an authorisation of its own. */
  async newToken(granted: Granted, code: string): Promise<{ token: string; seconds: number }> {
    const { serviceSeconds = 3600, credentialSeconds = 300, clock, authorizations } = this.#options
    const { user, client, signing } = granted
    const seconds = signing ? credentialSeconds : serviceSeconds
    const expires = clock() + seconds * 1000
    const held: Token = { user, client: client.id, ...(signing ? { credential: signing.credential } : {}) }
    const token = await this.#keep('token', held, seconds * 1000)
    const name = sadName(token)
    if (signing) {
      const { credential, count: left, hashes } = signing
      await authorizations.put(name, { user, credential, hashes, left, spent: false, expires })
    }
    await this.#store.put(`used/${sadName(code)}`, name, clock() + usedMs)
    return { token, seconds }
  }

  async authenticate(token: string): Promise<Caller | undefined> {
    const found: Token | undefined = parsed(await this.#store.get(`token/${sadName(token)}`))
    if (!found) return undefined
    const { user, credential } = found
    return credential === undefined ? { user } : { user, authorized: { credential, sad: token } }
  }

  /** Ends a client's own token; says nothing of others' (RFC 7009 §2.1). */
  async revoke(token: string, client: string): Promise<void> {
    const name = sadName(token)
    const found: Token | undefined = parsed(await this.#store.get(`token/${name}`))
    if (found?.client === client) await this.#end(name)
  }

  async #end(name: string): Promise<void> {
    await this.#store.take(`token/${name}`)
    await this.#options.authorizations.take(name)
  }

  async #keep(kind: string, value: object, milliseconds: number): Promise<string> {
    const secret = newSad()
    const until = this.#options.clock() + milliseconds
    await this.#store.put(`${kind}/${sadName(secret)}`, JSON.stringify(value), until)
    return secret
  }
}

/** What this class wrote itself. */
function parsed<T>(text: string | undefined): T | undefined {
  return text === undefined ? undefined : JSON.parse(text)
}
