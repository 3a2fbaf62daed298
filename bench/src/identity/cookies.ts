/** A browser's cookies of one origin, by path, as far as a sign-in needs them. */
export class Cookies {
  readonly #kept = new Map<string, { readonly value: string; readonly path: string }>()

  /** The `Cookie` header for a path; empty where there are none. */
  of(path: string): string {
    const lines: string[] = []
    for (const [name, { value, path: below }] of this.#kept)
      if (path.startsWith(below)) lines.push(`${name}=${value}`)
    return lines.join('; ')
  }

  /** Takes `Set-Cookie` lines. An empty value or a `Max-Age` of 0 takes the cookie away. */
  take(lines: readonly string[] = []): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const equals = pair.indexOf('=')
      const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
      const attribute = (of: string) =>
        attributes.find((one) => one.toLowerCase().startsWith(`${of}=`))?.slice(of.length + 1)
      if (value === '' || attribute('max-age') === '0') this.#kept.delete(name)
      else this.#kept.set(name, { value, path: attribute('path') ?? '/' })
    }
  }
}
