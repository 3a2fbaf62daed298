/** What a service answered, before it is cut to what is mapped: exact, with its numbers as they were written. */
export type Answer =
  | string
  | JsonNumber
  | boolean
  | null
  | readonly Answer[]
  | { readonly [name: string]: Answer }

/** A number as it was written: some have more digits than a number here can hold. */
export class JsonNumber {
  readonly written: string
  constructor(written: string) {
    this.written = written
  }
}

/** A service of an agency as a connector needs it: operations that its own description names, and nothing else. */
export interface RemoteService {
  readonly operations: ReadonlyMap<string, RemoteOperation>
}

export interface RemoteOperation {
  readonly parameters: ReadonlyMap<string, RemoteParameter>
  /** The single values that an answer has by the description, as paths from its root. */
  readonly values: readonly RemoteValue[]
  /** Undefined where the service says that there is nothing. Throws problems of `connectProblems`. */
  call(parameters: ReadonlyMap<string, string>): Promise<Answer | undefined>
}

export interface RemoteParameter {
  readonly required: boolean
  readonly example?: string
  /** Whether the description allows the value. */
  takes(value: string): boolean
}

export interface RemoteValue {
  /** `data/items/owner`: names of members, lists passed over; a slash in a name is `~1`, a tilde `~0` (RFC 6901). */
  readonly path: string
  readonly type?: 'string' | 'number' | 'integer' | 'boolean'
  /** How much of the path stands before the inmost list, or nothing where there is none. */
  readonly list?: string
}

/** The longest that a service may take, in milliseconds. */
export const LONGEST_CALL_MS = 10_000
/** Bytes of one answer. */
export const LARGEST_ANSWER = 10 * 1024 ** 2
