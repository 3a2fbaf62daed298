/** A file that somebody tampered with, or that only looks as if. */
export interface HostileFile {
  readonly family: string
  readonly name: string
  /** What was done, in a few words. */
  readonly about: string
  readonly bytes: Buffer
  /**
   * What must come of it. `refused`: a checker that passes it is deceived. `passes`: nothing of what was signed is touched
   * and nothing is added that a reader sees. `either`: lawful additions, or damage, on which checkers may differ.
   */
  readonly must: 'refused' | 'passes' | 'either'
}

export type Making = (signed: Buffer) => Buffer

/** What a family of attacks does to a good file. */
export interface Attack {
  readonly name: string
  readonly about: string
  readonly must?: HostileFile['must']
  readonly make: Making
}
