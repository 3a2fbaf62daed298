import type { PoolClient } from '@sapan/kernel'
import { circumstancesId, circumstancesText } from './leaf.ts'
import type { Circumstances } from './stored.ts'

/** Circumstances as records refer to them. */
export interface KnownCircumstances {
  readonly columns: Circumstances
  /** As it stands in a record's text. */
  readonly text: string
  readonly id: Buffer
  /** The connection on which they were last seen to be in the database. */
  keptOn: PoolClient | undefined
}

/** Older ones are forgotten, and made anew when they come again. */
const mostPerGrant = 32
const mostGrants = 4096

/** Circumstances that came before, so that their text is written and hashed once and not for each record. */
export class CircumstancesCache {
  readonly #byGrant = new Map<string, KnownCircumstances[]>()

  of(record: Circumstances): KnownCircumstances {
    const known = this.#byGrant.get(record.grant) ?? this.#begin(record.grant)
    for (const each of known) if (areSame(each.columns, record)) return each
    const made = make(record)
    if (known.length === mostPerGrant) known.shift()
    known.push(made)
    return made
  }

  #begin(grant: string): KnownCircumstances[] {
    if (this.#byGrant.size === mostGrants) this.#byGrant.clear()
    const known: KnownCircumstances[] = []
    this.#byGrant.set(grant, known)
    return known
  }
}

function make(record: Circumstances): KnownCircumstances {
  const columns: Circumstances = {
    client: record.client,
    service: record.service,
    operation: record.operation,
    method: record.method,
    route: record.route,
    purpose: record.purpose,
    impliedPurpose: record.impliedPurpose,
    law: record.law,
    grant: record.grant,
    peer: record.peer,
    subjectKey: record.subjectKey,
    withheldUntil: record.withheldUntil,
    certificate: record.certificate,
  }
  const text = circumstancesText(columns)
  return { columns, text, id: circumstancesId(text), keptOn: undefined }
}

/** What differs most often comes first. */
function areSame(a: Circumstances, b: Circumstances): boolean {
  return (
    a.certificate === b.certificate &&
    a.operation === b.operation &&
    a.client === b.client &&
    a.impliedPurpose === b.impliedPurpose &&
    a.service === b.service &&
    a.method === b.method &&
    a.route === b.route &&
    a.purpose === b.purpose &&
    a.law === b.law &&
    a.grant === b.grant &&
    a.peer === b.peer &&
    a.subjectKey === b.subjectKey &&
    a.withheldUntil === b.withheldUntil
  )
}
