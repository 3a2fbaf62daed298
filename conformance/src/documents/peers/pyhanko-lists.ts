import { fileURLToPath } from 'node:url'
import { Pipe } from './pipe.ts'
import { installed } from './tools.ts'

/** Revocation lists of the authorities that pyHanko's tests make up. */
export class PyhankoLists {
  readonly #pipe: Pipe
  readonly #folder: string

  constructor(folder: string) {
    const script = fileURLToPath(new URL('../../../documents/pyhanko/lists.py', import.meta.url))
    const python = installed('pyHanko', 'pyhanko', 'bin', 'python')
    this.#pipe = new Pipe(python, [script], { PYTHONPATH: installed('pyHanko’s tests', 'pyhanko-tests') })
    this.#folder = folder
  }

  /** Files by address, as of that time. */
  async lists(authorities: readonly string[], at: number): Promise<Readonly<Record<string, string>>> {
    const order = JSON.stringify({ authorities, at, folder: this.#folder })
    const { lists } = await this.#pipe.ask<{ lists: Record<string, string> }>(order)
    return lists
  }

  close(): void {
    this.#pipe.close()
  }
}
