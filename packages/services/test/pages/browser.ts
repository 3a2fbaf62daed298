/** A page as a browser without scripts has it. */
export interface Shown {
  readonly status: number
  readonly path: string
  readonly html: string
  /** What people read. */
  readonly text: string
}

/** A browser without scripts: keeps cookies, follows redirects, sends the forms that pages have. */
export class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()
  #at: Shown = { status: 0, path: '', html: '', text: '' }

  constructor(origin: string, cookies: string) {
    this.#origin = origin
    this.#keep(cookies.split('; '))
  }

  get page(): Shown {
    return this.#at
  }

  async open(path: string): Promise<Shown> {
    return await this.#follow(path, {})
  }

  /** Fills in the page's main form and presses a button; what is not named stays as the page has it. */
  async send(
    values: Sent = {},
    { action, page = this.#at }: { action?: string; page?: Shown } = {},
  ): Promise<Shown> {
    const form = formOf(page, action)
    const fields = filled(form.html, values)
    const files = Object.values(values).some((value) => value instanceof File)
    const body = files || form.isMultipart ? multipart(fields) : new URLSearchParams(textOnly(fields))
    return await this.#follow(form.action || page.path, { method: 'POST', body })
  }

  async #follow(path: string, init: RequestInit): Promise<Shown> {
    const headers = {
      cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
      origin: this.#origin,
    }
    const answer = await fetch(`${this.#origin}${path}`, { ...init, headers, redirect: 'manual' })
    this.#keep(answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? ''))
    const to = answer.headers.get('location')
    if (to !== null) return await this.#follow(to, answer.status === 307 ? init : {})
    const html = await answer.text()
    this.#at = { status: answer.status, path, html, text: textOf(html) }
    return this.#at
  }

  #keep(pairs: readonly string[]): void {
    for (const pair of pairs) {
      const at = pair.indexOf('=')
      if (at > 0) this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}

type Sent = Readonly<Record<string, string | readonly string[] | File>>

interface Form {
  readonly action: string
  readonly html: string
  readonly isMultipart: boolean
}

function formOf({ html }: Shown, action: string | undefined): Form {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  const forms = [...main.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([whole]) => ({
    action: unescaped(/ action="([^"]*)"/.exec(whole)?.[1] ?? ''),
    html: whole,
    isMultipart: whole.includes('multipart/form-data'),
  }))
  const found = action === undefined ? forms[0] : forms.find((form) => form.action.endsWith(action))
  if (found === undefined)
    throw new Error(`no form ${action ?? ''} on the page: ${textOf(html).slice(0, 300)}`)
  return found
}

type Pair = readonly [string, string | File]

function filled(html: string, values: Sent): readonly Pair[] {
  const known = [...inputsOf(html)].filter(([name]) => values[name] === undefined)
  const given = Object.entries(values).flatMap(([name, value]): Pair[] =>
    typeof value === 'string' || value instanceof File
      ? [[name, value]]
      : value.map((one): Pair => [name, one]),
  )
  return [...known, ...given]
}

function* inputsOf(html: string): Iterable<Pair> {
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1]
    const isChoice = /type="(?:radio|checkbox)"/.test(tag)
    if (name === undefined || /type="file"/.test(tag) || (isChoice && !/ checked/.test(tag))) continue
    yield [name, unescaped(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')]
  }
  for (const [, name = '', inside = ''] of html.matchAll(
    /<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    yield [name, unescaped(/<option[^>]*value="([^"]*)"[^>]* selected/.exec(inside)?.[1] ?? '')]
  for (const [, name = '', inside = ''] of html.matchAll(
    /<textarea[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g,
  ))
    yield [name, unescaped(inside)]
}

function multipart(fields: readonly Pair[]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

function textOnly(fields: readonly Pair[]): [string, string][] {
  return fields.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
}

function textOf(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  return unescaped(main.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ')
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
