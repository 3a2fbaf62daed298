import { Pipe } from './pipe.ts'
import { installed } from './tools.ts'

export interface VeraPdfAnswer {
  readonly compliant: boolean
  /** What the file says that it is: `3a`. */
  readonly claims: string
  /** How many checks were made. */
  readonly checks: number
  readonly failures: readonly string[]
}

/** veraPDF's validation model in one long-lived JVM. */
export class VeraPdf {
  readonly #pipe: Pipe

  constructor() {
    const classes = installed('veraPDF', 'verapdf', 'classes', 'VeraPdf.class').replace(/\/[^/]*$/, '')
    const path = `${classes}:${installed('veraPDF', 'verapdf', 'lib')}/*`
    this.#pipe = new Pipe('java', ['-XX:TieredStopAtLevel=1', '-cp', path, 'VeraPdf'])
  }

  check(file: string, flavour = '3a'): Promise<VeraPdfAnswer> {
    return this.#pipe.ask(`${flavour}\t${file}`)
  }

  close(): void {
    this.#pipe.close()
  }
}
