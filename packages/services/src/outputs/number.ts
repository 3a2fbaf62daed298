import type { Series } from '../store/outputs.ts'

/** Years between the Common Era and the Buddhist Era, by which official numbers are counted. */
const buddhistOffset = 543

export interface NumberAsked {
  /** `TH/GOV/RD` */
  readonly agency: string
  /** The output's id: documents of one kind are counted together, whatever service they come from. */
  readonly output: string
  /** `2026-11-22` */
  readonly on: string
}

export function seriesOf({ agency, output, on }: NumberAsked): Series {
  return { agency, kind: output, year: Number(on.slice(0, 4)) + buddhistOffset }
}

/** `RD-ASSESSMENT-2569-000123` */
export function formatNumber({ agency, kind, year }: Series, count: number): string {
  const short = agency.slice(agency.lastIndexOf('/') + 1)
  return `${short}-${kind.toUpperCase()}-${year}-${String(count).padStart(6, '0')}`
}
