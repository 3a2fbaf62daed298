/** A request as a handler of this package takes it, whatever server stands in front. */
export interface HandlerRequest {
  readonly method: string
  /** Below where the handler is mounted, beginning with a slash, without the query. */
  readonly path: string
  /** What follows the question mark, as it came; absent or empty where there is none. */
  readonly query?: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface HandlerAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Handler {
  (request: HandlerRequest): Promise<HandlerAnswer>
  /** A longer body is not to be read. */
  readonly mostBodyBytes: number
}
