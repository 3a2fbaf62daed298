type Fields = Record<string, string> | [string, string][]

/** A person with a browser that keeps cookies and sends forms, and runs no script. */
export class Person {
  readonly #jar = new Map<string, Map<string, { value: string; path: string }>>()
  readonly #who: string
  /** Titles of the pages that were shown on the way. */
  readonly seen: string[] = []
  /** Claims that the person does not share where they may choose. */
  keepsBack: readonly string[] = []
  /** What they press on the consent page. */
  decision: 'agree' | 'refuse' = 'agree'
  /** The names of the claims that the consent page let them choose from, last. */
  offered: readonly string[] = []

  /** `who`: a sandbox person, played by one press on the page of signing in. */
  constructor(who: string) {
    this.#who = who
  }

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { host, pathname } = new URL(url)
    const jar = this.#jar.get(host) ?? new Map()
    this.#jar.set(host, jar)
    const cookie = [...jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const headers = { accept: 'text/html', 'accept-language': 'en', cookie, ...init.headers }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) keep(jar, line)
    return response
  }

  /** Sends the form of a page, with its key. */
  async send(page: Pick<Arrived, 'at' | 'html'>, action: string, fields: Fields): Promise<Response> {
    const key = /name="form-key"[^>]*value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const body = new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields))
    body.set('form-key', key)
    const headers = { origin: page.at.origin }
    return await this.fetch(new URL(action, page.at), { method: 'POST', body, headers })
  }

  /** From a page to the next that is no redirect; ends at another origin than those named, which is not opened. */
  async follow(first: Response, from: URL, stayAt: readonly string[] = [from.origin]): Promise<Arrived> {
    let [response, at] = [first, from]
    for (let step = 0; step < 15; step++) {
      const to = response.headers.get('location')
      if (to === null) return { at, status: response.status, html: await response.text() }
      at = new URL(to, at)
      if (!stayAt.includes(at.origin)) return { at, status: 302, html: '' }
      response = await this.fetch(at)
    }
    throw new Error(`too many redirects, at ${at.pathname}`)
  }

  async open(url: string | URL, stayAt?: readonly string[]): Promise<Arrived> {
    const at = new URL(url)
    return await this.follow(await this.fetch(at), at, stayAt)
  }

  /** Goes through the pages at the issuer, until the client is reached or a page has no answer of theirs. */
  async signIn(url: string | URL, stayAt?: readonly string[]): Promise<Arrived> {
    let page = await this.open(url, stayAt)
    for (let step = 0; step < 5; step++) {
      const answer = await this.#answer(page)
      if (answer === undefined) return page
      page = await this.follow(answer, page.at, stayAt)
    }
    return page
  }

  async #answer(page: Arrived): Promise<Response | undefined> {
    const title = /<title>([^<]*)/.exec(page.html)?.[1]
    if (title !== undefined) this.seen.push(title)
    if (/^\/sign-in\/[^/]+$/.test(page.at.pathname) && page.status < 400)
      return await this.send(page, `${page.at.pathname}/play`, { person: this.#who })
    if (!page.at.pathname.endsWith('/consent') || page.status >= 400) return undefined
    this.offered = [...page.html.matchAll(/name="(claim-[^"]+)"/g)].flatMap(([, name]) => name ?? [])
    const shared = this.offered.filter((name) => !this.keepsBack.includes(name.slice('claim-'.length)))
    const fields = Object.fromEntries(shared.map((name) => [name, 'yes']))
    return await this.send(page, page.at.pathname, { ...fields, decision: this.decision })
  }
}

/** Where a way ended: a page of the issuer, or an address of the client. */
export interface Arrived {
  readonly at: URL
  readonly status: number
  readonly html: string
}

function keep(jar: Map<string, { value: string; path: string }>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const cut = pair.indexOf('=')
  const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)]
  const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/'
  if (value === '') jar.delete(name)
  else jar.set(name, { value, path })
}
