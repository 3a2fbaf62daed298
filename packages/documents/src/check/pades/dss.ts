import { PdfError, type PdfFile, type PdfObject, type PdfStream } from '../../pdf/index.ts'
import { merged } from '../cms/material.ts'
import { noMaterial, type ValidationMaterial } from '../engine/signature.ts'

/** Reads document security stores (ISO 32000-2, 12.8.4.3; EN 319 142-1 §5.4.2) of a file's revisions. */
export class SecurityStores {
  readonly #file: PdfFile
  readonly #byRevision = new Map<number, ValidationMaterial>()
  readonly #decoded = new Map<PdfStream, Uint8Array | undefined>()
  /** How many entries could not be read. */
  unreadable = 0

  constructor(file: PdfFile) {
    this.#file = file
  }

  /** What the store held when that revision was the last. */
  at(revision: number): ValidationMaterial {
    const known = this.#byRevision.get(revision)
    if (known) return known
    const material = this.#try(() => this.#read(this.#file.atRevision(revision))) ?? noMaterial
    this.#byRevision.set(revision, material)
    return material
  }

  #try<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof PdfError) || error.code === 'too-complex') throw error
      this.unreadable++
      return undefined
    }
  }

  #read(file: PdfFile): ValidationMaterial {
    const store = file.dict(file.catalog.get('DSS'))
    if (!store) return noMaterial
    const whole = {
      certificates: this.#streams(file, store.get('Certs')),
      crls: this.#streams(file, store.get('CRLs')),
      ocsps: this.#streams(file, store.get('OCSPs')),
    }
    // VRI entries name what is in the store; some writers put it there alone.
    const entries = [...(file.dict(store.get('VRI'))?.entries.values() ?? [])].slice(0, mostEntries)
    const related = entries.map((entry) => {
      const one = file.dict(entry)
      return {
        certificates: this.#streams(file, one?.get('Cert')),
        crls: this.#streams(file, one?.get('CRL')),
        ocsps: this.#streams(file, one?.get('OCSP')),
      }
    })
    const all = merged([whole, ...related])
    return {
      certificates: [...new Set(all.certificates)],
      crls: [...new Set(all.crls)],
      ocsps: [...new Set(all.ocsps)],
    }
  }

  #streams(file: PdfFile, list: PdfObject | undefined): Uint8Array[] {
    return (file.array(list) ?? []).slice(0, mostEntries).flatMap((one) => {
      // Entries may all name the same list: thousands of times thousands.
      file.budget.work(10)
      const stream = this.#try(() => file.stream(one))
      if (!stream) return []
      if (!this.#decoded.has(stream))
        this.#decoded.set(
          stream,
          this.#try(() => file.decode(stream)),
        )
      return this.#decoded.get(stream) ?? []
    })
  }
}

const mostEntries = 2000
