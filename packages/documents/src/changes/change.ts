/** What a revision did. Each has words in `words.ts` and a ruling in `judge.ts`. */
export type ChangeKind =
  // what signing and its upkeep do
  | 'signature-added'
  | 'timestamp-added'
  | 'signature-field-added'
  | 'certification-added'
  | 'validation-data-added'
  | 'metadata'
  | 'extensions'
  | 'form-flags'
  | 'form-resources-added'
  | 'structure-added'
  // what people who fill or annotate do
  | 'field-filled'
  | 'annotation-added'
  | 'annotation-changed'
  | 'annotation-removed'
  // what nobody who signs or fills does
  | 'page-added'
  | 'page-removed'
  | 'pages-reordered'
  | 'page-content'
  | 'page-resources'
  | 'page-geometry'
  | 'page'
  | 'font'
  | 'signature-changed'
  | 'signature-removed'
  | 'signed-appearance-changed'
  | 'signature-overlay'
  | 'signature-field-nested'
  | 'field-look-changed'
  | 'appearance-shared'
  | 'field-added'
  | 'field-removed'
  | 'field-changed'
  | 'form-changed'
  | 'form-appearances-regenerated'
  | 'xfa'
  | 'optional-content'
  | 'action'
  | 'names'
  | 'embedded-files'
  | 'structure'
  | 'outline'
  | 'viewer'
  | 'permissions'
  | 'validation-data-changed'
  | 'catalog'
  | 'catalog-replaced'
  | 'encryption'
  | 'file-identifier'
  // tricks
  | 'dangling-reference-defined'
  | 'hidden-object-revealed'
  | 'unused-object'
  | 'unused-object-revealed'
  | 'unused-object-replaced'
  | 'trailing-data'
  | 'unreadable'
  | 'too-many'

export interface Change {
  readonly kind: ChangeKind
  /** The revision that made it. */
  readonly revision: number
  /** Where, from the trailer: `Root/Pages/Kids[0]/Contents`. */
  readonly path: string
  /** The number of the object in which it is. */
  readonly object?: number
  /** 0-based. */
  readonly page?: number
  /** Fully qualified. */
  readonly field?: string
  /** Of an annotation. */
  readonly subtype?: string
  /** The field came with the same revision. */
  readonly newField?: boolean
}
