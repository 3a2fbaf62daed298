/** What the worker is told, a line of JSON each. */
export type WorkerOrder =
  /** Builds one-page documents, each of other data, and signs them to B-LTA. */
  | { readonly task: 'issue'; readonly seconds: number }
  | { readonly task: 'issue-many'; readonly count: number }
  /** Signs this file to B-LTA again and again. */
  | { readonly task: 'sign'; readonly seconds: number; readonly file: string; readonly out?: string }
  /** Checks this file again and again. */
  | { readonly task: 'check'; readonly seconds: number; readonly file: string }
  /** Builds one document, unsigned, into a file. */
  | { readonly task: 'build'; readonly out: string }

export interface WorkerAnswer {
  readonly count: number
  /** Of processor time: what others do on the same core is not counted. */
  readonly seconds: number
  /** Of the last document. */
  readonly bytes: number
  /** Resident memory afterwards, after a collection of garbage, in bytes. */
  readonly memory: number
}
