import type { Language } from '@sapan/kernel'

/** Structure types of ISO 32000-1 §14.8.4 that we write. */
export type StructureTag =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'P'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'H5'
  | 'H6'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TFoot'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Caption'
  | 'Figure'
  | 'Link'
  | 'Span'
  | 'Form'

/** Why content is no part of the document's own text (§14.8.2.2). */
export type ArtifactKind = 'Pagination' | 'Layout' | 'Background'

export interface StructureProperties {
  readonly alt?: string
  readonly language?: Language
  /** Attribute dictionaries by owner, values in PDF syntax. */
  readonly attributes?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Content of this element on a page, as a marked-content identifier. */
export interface Mark {
  readonly page: number
  readonly mcid: number
}

/** An annotation that is this element's. */
export interface AnnotationKid {
  readonly page: number
  readonly annotation: object
}

export type Kid = StructureNode | Mark | AnnotationKid

/** An element of the structure tree, or, below a header or footer, what would be one: an artifact. */
export class StructureNode {
  readonly tag: StructureTag
  readonly properties: StructureProperties
  readonly artifact: ArtifactKind | undefined
  readonly parent: StructureNode | undefined
  readonly kids: Kid[] = []

  constructor(
    tag: StructureTag,
    properties: StructureProperties = {},
    parent?: StructureNode,
    artifact?: ArtifactKind,
  ) {
    this.tag = tag
    this.properties = properties
    this.parent = parent
    this.artifact = artifact ?? parent?.artifact
  }

  /** A new element after all that is in this one. */
  child(tag: StructureTag, properties: StructureProperties = {}): StructureNode {
    const node = this.unplaced(tag, properties)
    this.kids.push(node)
    return node
  }

  /** A new element that takes its place among the others when its content is drawn: parts of a line. */
  unplaced(tag: StructureTag, properties: StructureProperties = {}): StructureNode {
    return new StructureNode(tag, properties, this)
  }

  /** Puts an element that was made by `unplaced` into its parent, unless it is there. */
  place(): void {
    if (this.parent && !this.parent.kids.includes(this)) this.parent.kids.push(this)
  }
}

export const artifactNode = (kind: ArtifactKind): StructureNode =>
  new StructureNode('Div', {}, undefined, kind)

/** Borders, rules, frames, underlines. */
export const ORNAMENT = artifactNode('Layout')
