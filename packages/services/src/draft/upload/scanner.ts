import type { Text } from '@sapan/kernel'

/** A file that was sent, before it is kept. */
export interface ScannedFile {
  readonly name: string
  /** As its content says. */
  readonly mediaType: string
  readonly content: Uint8Array
}

/** `refused`: it is not kept, and why is told. `unavailable`: nobody can say now; it is not kept either. */
export type ScanResult =
  | { readonly kind: 'clean' }
  | { readonly kind: 'refused'; readonly text: Text }
  | { readonly kind: 'unavailable' }

/** Looks at files for what would harm who opens them. The composition gives one beside the built-in (ICAP, clamd). */
export interface FileScanner {
  scan(file: ScannedFile): Promise<ScanResult>
}

export const clean: ScanResult = { kind: 'clean' }

export function refused(th: string, en: string): ScanResult {
  return { kind: 'refused', text: { th, en } }
}

/** One after the other, until one does not find it clean. */
export function scannersInTurn(...scanners: readonly FileScanner[]): FileScanner {
  return {
    scan: async (file) => {
      for (const scanner of scanners) {
        const result = await scanner.scan(file)
        if (result.kind !== 'clean') return result
      }
      return clean
    },
  }
}
