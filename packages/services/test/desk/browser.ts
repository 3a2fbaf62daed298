import type { Language } from '@sapan/kernel'

export interface DeskPage {
  readonly status: number
  readonly html: string
  /** What officers read. */
  readonly text: string
  /** Where it leads, for a redirect. */
  readonly to: string
  readonly headers: Headers
}

type Fields = Readonly<Record<string, string | readonly string[]>>

/** An officer's browser, which sends forms whether or not a page has shown them. */
export class DeskBrowser {
  readonly #origin: string
  readonly #cookies: Map<string, string>
  #formKey = ''

  constructor(origin: string, account: string) {
    this.#origin = origin
    this.#cookies = new Map([['who', account]])
  }

  async get(path: string, language: Language = 'th'): Promise<DeskPage> {
    return await this.#call(path, { headers: { 'accept-language': language } })
  }

  async post(path: string, fields: Fields = {}): Promise<DeskPage> {
    if (this.#formKey === '') await this.get('/form-key')
    const body = new URLSearchParams({ 'form-key': this.#formKey })
    for (const [name, value] of Object.entries(fields))
      for (const one of typeof value === 'string' ? [value] : value) body.append(name, one)
    return await this.#call(path, { method: 'POST', headers: { origin: this.#origin }, body })
  }

  async #call(path: string, init: RequestInit): Promise<DeskPage> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { ...init.headers, cookie }
    const answer = await fetch(this.#origin + path, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      this.#cookies.set(name, value)
    }
    const html = await answer.text()
    this.#formKey = /name="form-key" value="([^"]+)"/.exec(html)?.[1] ?? this.#formKey
    const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
    const text = main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    const to = answer.headers.get('location') ?? ''
    return { status: answer.status, html, text, to, headers: answer.headers }
  }
}
