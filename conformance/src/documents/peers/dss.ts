import { onCore, Pipe } from './pipe.ts'
import { installed } from './tools.ts'

export interface DssSignature {
  readonly indication: string
  readonly sub: string | null
  /** `PAdES-BASELINE-LTA` */
  readonly level: string
  readonly time: number
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** EU DSS, with its default validation policy, offline, in one long-lived JVM. */
export class Dss {
  readonly #pipe: Pipe

  /** `core`: the only processor core that it may use. */
  constructor(core?: number) {
    const classes = installed('EU DSS', 'dss', 'classes', 'Dss.class').replace(/\/[^/]*$/, '')
    this.#pipe = new Pipe(
      ...onCore(core, 'java', ['-cp', `${classes}:${installed('EU DSS', 'dss', 'lib')}/*`, 'Dss']),
    )
  }

  /** Certificates (DER files) that are trusted, and lists (DER files) that a fetcher would have got. */
  async trust(anchors: readonly string[], crls: readonly string[] = []): Promise<void> {
    await this.#order('trust', ...anchors)
    await this.#order('crls', ...crls)
  }

  /** Checks at that time; at the present one for 0. */
  async at(milliseconds: number): Promise<void> {
    await this.#order('at', String(milliseconds))
  }

  async check(file: string, detached: readonly string[] = []): Promise<readonly DssSignature[]> {
    const { signatures } = await this.#order<{ signatures: DssSignature[] }>('check', file, ...detached)
    return signatures
  }

  /** Checks the file again and again; gives files per second of processor time. */
  async speed(seconds: number, file: string): Promise<number> {
    const told = await this.#order<{ files: number; seconds: number }>('speed', String(seconds), file)
    return told.files / told.seconds
  }

  async sign(order: {
    level: string
    file: string
    out: string
    signer: string
    tsa: string
    password: string
  }): Promise<void> {
    const { level, file, out, signer, tsa, password } = order
    await this.#order('sign', level, file, out, signer, tsa, password)
  }

  /** Packs files into a container that it signs. */
  async container(order: {
    form: 'CAdES' | 'XAdES'
    type: 'ASiC_E' | 'ASiC_S'
    level: string
    files: readonly string[]
    out: string
    signer: string
    tsa: string
    password: string
  }): Promise<void> {
    const { form, type, level, files, out, signer, tsa, password } = order
    await this.#order('container', form, type, level, out, signer, tsa, password, ...files)
  }

  close(): void {
    this.#pipe.close()
  }

  #order<T>(...words: readonly string[]): Promise<T> {
    return this.#pipe.ask<T>(words.join('\t'))
  }
}
