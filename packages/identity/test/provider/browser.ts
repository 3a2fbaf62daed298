/** A browser as far as sign-in needs one: it keeps cookies by path, and follows redirects until they leave the issuer. */
export class Browser {
  readonly #jar = new Map<string, { value: string; path: string }>()
  readonly #agent: string

  constructor(agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36') {
    this.#agent = agent
  }

  cookie(name: string): string | undefined {
    return this.#jar.get(name)?.value
  }

  setCookie(name: string, value: string): void {
    this.#jar.set(name, { value, path: '/' })
  }

  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url)
    const cookie = [...this.#jar]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const headers = { 'user-agent': this.#agent, accept: 'text/html', cookie, ...init.headers }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  /** Where the way ends: an address elsewhere, or a page here. */
  async follow(url: string | URL): Promise<{ at: URL; response: Response }> {
    let at = new URL(url)
    const { origin } = at
    for (let step = 0; step < 12; step++) {
      const response = await this.fetch(at)
      const to = response.headers.get('location')
      if (to === null) return { at, response }
      at = new URL(to, at)
      if (at.origin !== origin) return { at, response }
    }
    throw new Error(`too many redirects, at ${at.pathname}`)
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    const path = attributes.find((one) => one.startsWith('path='))?.slice(5) ?? '/'
    if (value === '') this.#jar.delete(name)
    else this.#jar.set(name, { value, path })
  }
}
