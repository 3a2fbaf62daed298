/** What expressions may read while a form is filled in. */
export const FORM = ['answers', 'facts', 'calc', 'applicant', 'tables', 'today'] as const

/** In a repeated page: also the entry that is filled in. */
export const ITEM = [...FORM, 'item'] as const

/** Once it was handed in. */
export const CASE = [...FORM, 'application'] as const

/** Once it was decided: also what the officer filled in, what registers answered before, and the satang that the agency has. */
export const DECIDED = [...CASE, 'decision', 'effects', 'paid'] as const

/** In a document: also its own number, its day, the agency that issues it, and who signs it. */
export const DOCUMENT = [...DECIDED, 'output'] as const

/** What is known of whoever applies. */
export const APPLICANT = ['account', 'kind', 'id', 'scheme', 'name.th', 'name.en', 'mandate'] as const

/**
 * What is known of an application once it was handed in: its receipt number, and days. `firstDecidedOn` is the day of the
 * decision, and after an appeal still that of the decision before it.
 */
export const APPLICATION = [
  'number',
  'submittedOn',
  'receivedOn',
  'effectiveOn',
  'language',
  'firstDecidedOn',
] as const

/** What is known of a decision beside what the officer filled in. */
export const DECISION = ['outcome', 'decidedOn', 'words'] as const

/** What is known of a document while it is made. */
export const OUTPUT = ['number', 'on', 'agency', 'signer.name', 'signer.position'] as const
