import { fileURLToPath } from 'node:url'
import { onCore, Pipe } from './pipe.ts'
import { installed } from './tools.ts'

export interface PyhankoSignature {
  readonly field: string
  readonly kind: 'signature' | 'timestamp'
  readonly intact?: boolean
  readonly valid?: boolean
  readonly trusted?: boolean
  /** `ENTIRE_FILE`, `ENTIRE_REVISION`, `CONTIGUOUS_BLOCK_FROM_START`, `UNCLEAR` */
  readonly coverage?: string | null
  /** `NONE`, `LTA_UPDATES`, `FORM_FILLING`, `ANNOTATIONS`, `OTHER` */
  readonly changes?: string | null
  readonly docmdp?: boolean | null
  readonly bottom_line: boolean
  /** By EN 319 102-1: `PASSED/OK`, `INDETERMINATE/…`. */
  readonly ades?: string
  readonly error?: string
}

export interface PyhankoCheck {
  readonly check: string
  readonly anchors: readonly string[]
  readonly others?: readonly string[]
  readonly crls?: readonly string[]
  /** Milliseconds; now when absent. */
  readonly at?: number
  readonly ades?: boolean
  readonly password?: string
}

interface PemFiles {
  readonly key: string
  readonly certificate: string
  readonly chain: string
}

export interface PyhankoSigning extends PemFiles {
  readonly sign: string
  readonly out?: string
  readonly level: string
  readonly tsa: PemFiles
  readonly anchors: readonly string[]
  readonly crls: readonly string[]
  readonly times?: number
}

/** pyHanko in one long-lived Python. */
export class Pyhanko {
  readonly #pipe: Pipe

  /** `core`: the only processor core that it may use. */
  constructor(core?: number) {
    const script = fileURLToPath(new URL('../../../documents/pyhanko/check.py', import.meta.url))
    this.#pipe = new Pipe(...onCore(core, installed('pyHanko', 'pyhanko', 'bin', 'python'), [script]))
  }

  async check(order: PyhankoCheck): Promise<readonly PyhankoSignature[]> {
    const { signatures } = await this.#pipe.ask<{ signatures: PyhankoSignature[] }>(JSON.stringify(order))
    return signatures
  }

  sign(order: PyhankoSigning): Promise<{ seconds: number; bytes: number }> {
    return this.#pipe.ask(JSON.stringify(order))
  }

  close(): void {
    this.#pipe.close()
  }
}
