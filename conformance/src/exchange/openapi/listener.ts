/** An OpenAPI document. */
export type Description = Readonly<Record<string, unknown>>

/** What answers, what it says of itself, and what its callers show. */
export interface Listener {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  describe(): Promise<Description>
  /** Which of schemathesis's checks hold beside that nothing is a 5xx. */
  readonly held?: readonly string[]
}

/** A listener that gives its document under `path`. */
export function describedAt(
  path: string,
  { url, headers, ...listener }: Omit<Listener, 'describe'>,
): Listener {
  const describe = async () => {
    const answer = await fetch(`${url}${path}`, { headers })
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Description
  }
  return { ...listener, url, headers, describe }
}
