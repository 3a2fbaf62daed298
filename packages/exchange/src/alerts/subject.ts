/** Whose operator is told: a gateway's, by its id, or the center's, by its country. */
export type AlertSubject = { readonly gateway: string } | { readonly center: string }

/** What it is called. */
export function nameOf(subject: AlertSubject): string {
  return 'gateway' in subject ? subject.gateway : subject.center
}

/** Where its tables are; each of them has the same two. */
export function schemaOf(subject: AlertSubject): 'gateway' | 'center' {
  return 'gateway' in subject ? 'gateway' : 'center'
}
