/**
 * The addresses of centers over one database, any of which will do. Asked first is the one that answered last; who does not
 * answer goes to the end of the row.
 */
export class CenterAddresses {
  #row: readonly string[]

  constructor(urls: readonly string[]) {
    this.#row = [...new Set(urls.map(withoutSlash))]
  }

  /** In the order in which they are to be asked. */
  inOrder(): readonly string[] {
    return this.#row
  }

  /** It did not answer. What is no center's address changes nothing. */
  failed(url: string): void {
    const silent = (each: string) => each === withoutSlash(url)
    this.#row = [...this.#row.filter((each) => !silent(each)), ...this.#row.filter(silent)]
  }

  /** A place below one of the addresses, at each of them; another place alone. */
  placesOf(url: string): readonly { readonly center: string; readonly url: string }[] {
    const named = this.#row.find((each) => url.startsWith(`${each}/`))
    if (named === undefined) return [{ center: url, url }]
    return this.#row.map((center) => ({ center, url: center + url.slice(named.length) }))
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
