import type { RevocationFetcher } from '../check/index.ts'
import { fromArmour } from './armour.ts'
import { type Call, CallError, call } from './call.ts'
import { guardedFetch, type NetworkRule, type Resolve } from './guarded-fetch.ts'
import { KeptAnswers } from './kept-answers.ts'

export interface CheckNetworkOptions extends NetworkRule {
  /** How long one call may take; 4,000 by default. */
  readonly timeoutMs?: number
  /** How long all calls for one file may take together; 10,000 by default. */
  readonly fileMs?: number
  /** How often one file may have something fetched, repetitions not counted; 12 by default. */
  readonly mostFetches?: number
  /** Bytes that all answers for one file may have together; 32 MiB by default. */
  readonly mostBytes?: number
  /** How long CRLs and issuers' certificates are used again; 10 minutes by default. */
  readonly keepMs?: number
  /** In place of the system's; for tests. */
  readonly resolve?: Resolve
}

const sizes = { ocsp: 256 * 1024, issuer: 512 * 1024, crl: 16 * 2 ** 20 } as const
type Kind = keyof typeof sizes

interface Kept {
  readonly bytes: Uint8Array
  readonly until: number
}

const mostKept = 100
const mostFailures = 8
const largestKept = 2 ** 20

/**
 * How checks reach the network: one for a process, and a fetcher of it for each file. What comes is believed no more than
 * what lies in the file.
 */
export class CheckNetwork {
  readonly #options: CheckNetworkOptions
  readonly #kept: KeptAnswers<Kept>

  constructor(options: CheckNetworkOptions) {
    this.#options = options
    this.#kept = new KeptAnswers(options.keepMs ?? 600_000, mostKept)
  }

  /** For one file: its time, its calls and its bytes are counted from here. */
  forFile(): RevocationFetcher {
    return new FileFetcher(this.#options, this.#kept)
  }
}

class FileFetcher implements RevocationFetcher {
  readonly failures: string[] = []
  readonly #options: CheckNetworkOptions
  readonly #kept: KeptAnswers<Kept>
  readonly #over: AbortSignal
  readonly #silent = new Set<string>()
  #fetches: number
  #bytes: number

  constructor(options: CheckNetworkOptions, kept: KeptAnswers<Kept>) {
    this.#options = options
    this.#kept = kept
    this.#over = AbortSignal.timeout(options.fileMs ?? 10_000)
    this.#fetches = options.mostFetches ?? 12
    this.#bytes = options.mostBytes ?? 32 * 2 ** 20
  }

  ocsp(url: string, body: Uint8Array): Promise<Uint8Array | undefined> {
    const accept = 'application/ocsp-response'
    return this.#orNothing(url, () =>
      this.#call('ocsp', { url, body, contentType: 'application/ocsp-request', accept }),
    )
  }

  crl(url: string): Promise<Uint8Array | undefined> {
    return this.#orNothing(url, () => this.#get('crl', url))
  }

  issuer(url: string): Promise<Uint8Array | undefined> {
    return this.#orNothing(url, () => this.#get('issuer', url))
  }

  async #get(kind: Kind, url: string): Promise<Uint8Array> {
    const { bytes } = await this.#kept.get(`${kind} ${url}`, Date.now(), async () => {
      const bytes = fromArmour(await this.#call(kind, { url }))
      const isKept = bytes[0] === 0x30 && bytes.length <= largestKept
      return { bytes, until: isKept ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY }
    })
    return bytes
  }

  async #call(kind: Kind, request: Call): Promise<Uint8Array> {
    if (this.#fetches-- <= 0) throw new CallError('refused', 'too many addresses in one file')
    const { resolve, timeoutMs = 4000, ...rule } = this.#options
    const go = guardedFetch(rule, resolve)
    const bytes = await call(request, {
      timeoutMs,
      retries: 1,
      mostBytes: Math.min(sizes[kind], this.#bytes),
      fetch: (url, init) => {
        if (this.#over.aborted) throw new CallError('refused', 'the time for this file is over')
        return go(url, {
          ...init,
          signal: AbortSignal.any([this.#over, ...(init.signal ? [init.signal] : [])]),
        })
      },
    })
    this.#bytes -= bytes.length
    return bytes
  }

  /** A file can name thousands of places; the first few tell enough. */
  #note(failure: string): void {
    if (this.failures.length < mostFailures && !this.failures.includes(failure)) this.failures.push(failure)
  }

  /** A host that did not answer is not waited for again in this check. */
  async #orNothing(url: string, fetch: () => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
    const host = URL.parse(url)?.host ?? 'no address'
    if (this.#silent.has(host)) return undefined
    try {
      return await fetch()
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      if (error.kind === 'timeout' || error.kind === 'unreachable') this.#silent.add(host)
      this.#note(`${host}: ${error.message}`)
      return undefined
    }
  }
}
