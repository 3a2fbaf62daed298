/** Where the suite runs, and its API (`/api-document.html` there). */
export class Suite {
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Throws with what the suite said where it did not do it. */
  async ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: string): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${this.origin}/api/${path}`, { method, headers, body: body ?? null })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`)
    return text === '' ? (undefined as T) : (JSON.parse(text) as T)
  }

  async plan(name: string, variant: Variant, config: object): Promise<Plan> {
    const query = new URLSearchParams({ planName: name, variant: JSON.stringify(variant) })
    return await this.ask('POST', `plan?${query}`, JSON.stringify(config))
  }

  /** Starts a module of a plan; gives the id under which it runs. */
  async start(plan: Plan, { testModule, variant }: PlannedModule): Promise<string> {
    const query = new URLSearchParams({ test: testModule, plan: plan.id })
    if (variant) query.set('variant', JSON.stringify(variant))
    const { id } = await this.ask<{ id: string }>('POST', `runner?${query}`)
    return id
  }

  async info(id: string): Promise<Info> {
    return await this.ask('GET', `info/${id}`)
  }

  async log(id: string): Promise<readonly LogEntry[]> {
    return await this.ask('GET', `log/${id}`)
  }

  /** Addresses to which the module wants a person to go. */
  async addresses(id: string): Promise<readonly string[]> {
    try {
      return (await this.ask<{ urls: string[] }>('GET', `runner/browser/${id}`)).urls
    } catch {
      return []
    }
  }

  async visited(id: string, url: string): Promise<void> {
    await this.ask('POST', `runner/browser/${id}/visit?${new URLSearchParams({ url })}`)
  }

  /** Hands a picture in at each place of the log that still wants one. */
  async show(id: string, picture: Buffer): Promise<void> {
    const places = (await this.log(id)).flatMap(({ upload }) => upload ?? [])
    for (const place of places)
      await this.ask(
        'POST',
        `log/${id}/images/${place}`,
        `data:image/jpeg;base64,${picture.toString('base64')}`,
      )
  }
}

export type Variant = Readonly<Record<string, string>>

export interface PlannedModule {
  readonly testModule: string
  readonly variant?: Variant
}

export interface Plan {
  readonly id: string
  readonly modules: readonly PlannedModule[]
}

export interface Info {
  readonly status: 'CREATED' | 'CONFIGURED' | 'RUNNING' | 'WAITING' | 'INTERRUPTED' | 'FINISHED'
  readonly result?: Result
}

export type Result = 'PASSED' | 'WARNING' | 'REVIEW' | 'SKIPPED' | 'FAILED' | 'UNKNOWN'

export interface LogEntry {
  readonly src: string
  readonly msg?: string
  readonly result?: string
  /** A place for a picture. */
  readonly upload?: string
}
