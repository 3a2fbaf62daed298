import { TooMuchWork, type Work } from '../work.ts'

/** How far XML is read. Units are counted, not time, so that the same file always ends in the same way. */
export interface XmlLimits {
  /** Bytes of one document. */
  readonly bytes: number
  /** Elements inside each other. */
  readonly depth: number
  /** Attributes and namespace declarations of one element. */
  readonly attributes: number
  /** Canonical XML written in one run: a unit for each character, `elementCost` for each element. */
  readonly canonical: number
  /** References of one signature. */
  readonly references: number
}

/** What an element costs beside its characters, in time and memory. */
export const elementCost = 100

export const defaultXmlLimits: XmlLimits = {
  bytes: 64 * 2 ** 20,
  depth: 200,
  attributes: 200,
  canonical: 64 * 2 ** 20,
  references: 4096,
}

/** What the XML of one run may still cost. Nodes are counted as elements of the run's work. */
export class XmlBudget {
  readonly limits: XmlLimits
  readonly work: Work
  #canonical = 0

  constructor(work: Work, limits: Partial<XmlLimits> = {}) {
    this.limits = { ...defaultXmlLimits, ...limits }
    this.work = work
  }

  /** Throws `TooMuchWork`. */
  node(): void {
    this.work.spend('elements')
  }

  /** Throws `TooMuchWork`. */
  canonical(units: number): void {
    this.#canonical += units
    if (this.#canonical > this.limits.canonical) throw new TooMuchWork('canonical')
  }
}
