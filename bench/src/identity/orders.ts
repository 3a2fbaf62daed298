/** A provider as the load generator needs to know it. Paths are of its origin. */
export interface Party {
  readonly name: string
  readonly origin: string
  readonly authorize: string
  readonly token: string
  readonly userinfo: string
  readonly introspect: string
  /** To whom a client's proof of itself is addressed. */
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** PKCS#8 PEM of the client `system`, which gets tokens for itself. */
  readonly systemKey: string
  readonly login: Login
}

/** What a person does on the sign-in page. People are numbered; whoever signs in is drawn anew each time. */
export type Login =
  /** The least that goes through the provider's interactions: a page, and a form that says who it is. */
  | { readonly kind: 'told'; readonly people: number }
  /** Sapan's own pages, with a passkey in software. The private key is a PKCS#8 PEM, the same for all people. */
  | { readonly kind: 'passkey'; readonly people: number; readonly key: string }
  /** A form with a name (`person-1`) and a password. */
  | { readonly kind: 'password'; readonly people: number; readonly password: string }

export type Task = 'sign-in' | 'refresh' | 'introspect' | 'client credentials'

/** What the load generator is told. */
export interface LoadOrder {
  readonly party: Party
  readonly task: Task
  readonly connections: number
  readonly seconds: number
  /** Not counted, before. */
  readonly leadSeconds: number
}

export interface LoadFigures {
  readonly count: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export const redirectUri = 'http://localhost:9/callback'
export const scope = 'openid profile'
/** The client of a system, which proves itself by its key (RFC 7523) and acts for nobody. */
export const systemClient = 'system'
