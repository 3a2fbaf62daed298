/** A browser with the cookies of every host that it meets; on localhost all ports share them, as in a real one. */
export class TestVisitor {
  readonly #jar = new Map<string, string>()

  cookie(suffix: string): string | undefined {
    return this.#jar.get(`sapan-portal-${suffix}`)
  }

  setCookie(suffix: string, value: string): void {
    this.#jar.set(`sapan-portal-${suffix}`, value)
  }

  /** One request, without following anything. */
  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie, ...init.headers }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
      if (value === '' || /max-age=0/i.test(line)) this.#jar.delete(name)
      else this.#jar.set(name, value)
    }
    return response
  }

  /** Where the way ends, and what is there. `stopAt` is a path, or the shape of one, that is not asked any more. */
  async open(
    url: string | URL,
    init: RequestInit = {},
    stopAt?: string | RegExp,
  ): Promise<{ at: URL; status: number; text: string }> {
    let at = new URL(url)
    let response = await this.fetch(at, init)
    for (let step = 0; step < 15; step++) {
      const to = response.headers.get('location')
      if (to === null) return { at, status: response.status, text: await response.text() }
      at = new URL(to, at)
      if (isAt(at, stopAt)) return { at, status: response.status, text: '' }
      response = await this.fetch(at)
    }
    throw new Error(`too many redirects, at ${at.pathname}`)
  }

  async post(
    url: string,
    fields: Record<string, string>,
    page: string,
  ): Promise<{ at: URL; status: number; text: string }> {
    const key = /name="form-key" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const body = new URLSearchParams({ ...fields, 'form-key': key })
    return await this.open(url, { method: 'POST', body, headers: { origin: new URL(url).origin } })
  }
}

function isAt({ pathname }: URL, place: string | RegExp | undefined): boolean {
  return place instanceof RegExp ? place.test(pathname) : pathname === place
}
