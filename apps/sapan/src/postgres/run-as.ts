import { spawn } from 'node:child_process'

/** A user of the system under whom a program runs; undefined means the user of this process. */
export type RunAs = { readonly name: string; readonly uid: number; readonly gid: number } | undefined

export interface Outcome {
  /** The exit code; null where the program could not be started or a signal ended it. */
  readonly code: number | null
  /** Standard output and standard error together. */
  readonly output: string
}

/**
 * What a program of PostgreSQL needs to know of its surroundings, and no more: neither PGDATA nor a language
 * of the operator's may change what it does or says.
 */
export function environment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

export function identity(user: RunAs): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {}
}

/** Runs a program to its end under another user. Never rejects: a failure to start is in `output`. */
export function runAs(user: RunAs, program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = ''
    const ended = (code: number | null, more = '') => resolve({ code, output: output + more })
    try {
      const child = spawn(program, args, {
        ...identity(user),
        cwd: '/',
        env: environment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.once('error', (error) => ended(null, error.message))
      child.once('close', (code) => ended(code))
    } catch (error) {
      ended(null, error instanceof Error ? error.message : String(error))
    }
  })
}
