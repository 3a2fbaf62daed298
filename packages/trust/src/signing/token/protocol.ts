/** What the process that holds the token's module is asked, and what it answers. */

export interface TokenSlot {
  readonly slot: number
  readonly label: string
  readonly serial: string
  readonly manufacturer: string
  readonly model: string
  readonly flags: number
}

export interface TokenObject {
  readonly handle: number
  /** By attribute; those that the object has not are missing. */
  readonly values: ReadonlyMap<number, Uint8Array>
}

export interface SignOrder {
  readonly key: number
  readonly mechanism: number
  readonly parameter: Uint8Array
  readonly data: readonly Uint8Array[]
  /** For keys that want the PIN before each signature. */
  readonly pin?: string | undefined
  readonly authenticate: boolean
}

/** Each operation: what it takes, and what it gives. */
export interface TokenOperations {
  load(module: string): void
  slots(): TokenSlot[]
  /** Opens the session and logs in; without a PIN by the token's own keypad. */
  login(options: { slot: number; login: boolean; pin?: string | undefined }): void
  objects(options: { filter: ReadonlyMap<number, Uint8Array>; wanted: readonly number[] }): TokenObject[]
  sign(order: SignOrder): Uint8Array[]
}

export type TokenOperation = keyof TokenOperations

export interface TokenQuestion {
  readonly number: number
  readonly operation: TokenOperation
  readonly argument: unknown
}

export type TokenReply =
  | { readonly number: number; readonly value: unknown }
  /** A call of the module failed with that CK_RV; or `missing`: the module or the interface to it is not there. */
  | { readonly number: number; readonly failed: string; readonly result: number }
  | { readonly number: number; readonly missing: string }

/** What runs the module: a process of its own, or a stand-in of tests. */
export interface TokenPort {
  readonly isRunning: boolean
  ask<O extends TokenOperation>(
    operation: O,
    ...argument: Parameters<TokenOperations[O]>
  ): Promise<ReturnType<TokenOperations[O]>>
  close(): void
}
