/** An answer of the center. Header names are lower-case. */
export interface CenterAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface CenterRequest {
  readonly method: 'GET' | 'POST'
  /** Below the center's URL: `/v1/directory`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** The way to the center: TLS 1.3 that ends at the pinned root and nowhere else. */
export interface CenterConnection {
  readonly url: string
  request(request: CenterRequest): Promise<CenterAnswer>
  close(): Promise<void>
}
