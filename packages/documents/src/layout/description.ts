import type { Language } from '@sapan/kernel'
import type { Align, Colour, Inline } from './inline.ts'

export type * from './inline.ts'

/**
 * A document as it is described before it is laid out: what stands on its pages, what it carries inside, and what
 * it says about itself. The same description always gives the same bytes: no clock is read but `created`.
 */
export interface DocumentDescription {
  /** The language of the text (the catalogue's Lang, ISO 32000-2 §14.9.2); also which digits page numbers have. */
  readonly language: Language
  readonly title: string
  readonly author: string
  readonly subject?: string
  readonly keywords?: readonly string[]
  /** Milliseconds since 1970; the only time in the file. */
  readonly created: number
  /** What names this document outside the file, such as its register number or URN. */
  readonly identifier?: string
  readonly page?: PageSetup
  /** Above and below the body on every page. Artifacts, which a screen reader passes over (§14.8.2.2). */
  readonly header?: readonly Block[]
  readonly footer?: readonly Block[]
  /** In place of `header` and `footer` on the first page; an empty list leaves it bare. */
  readonly firstHeader?: readonly Block[]
  readonly firstFooter?: readonly Block[]
  /** Drawn large and pale across every page: for drafts. */
  readonly watermark?: string
  readonly body: readonly Block[]
  readonly attachments: readonly Attachment[]
  /** Properties of our own XMP schema, with its description (ISO 19005-3 §6.6.2.3.3). Keys are XML names. */
  readonly metadata?: Readonly<Record<string, string>>
}

export interface PageSetup {
  readonly size?: 'A4'
  /** Millimetres. By default 25 above, 20 on the right, 20 below and 30 on the left. */
  readonly margins?: Partial<Sides>
  /** How many columns the body runs in. 1 by default. */
  readonly columns?: number
  /** Millimetres between these columns. 8 by default. */
  readonly columnGap?: number
  /** Points of the running text. 12 by default. */
  readonly textSize?: number
  /** From base line to base line, in multiples of the size. 1.5 by default: Thai stacks marks above and below. */
  readonly lineHeight?: number
}

export interface Sides {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** AFRelationship (ISO 19005-3 §6.8): what an attachment is to the document. */
export type Relationship = 'Data' | 'Source' | 'Alternative' | 'Supplement' | 'Unspecified'

/** A file inside the document. */
export interface Attachment {
  /** A file name without folders, unique in the document. */
  readonly name: string
  /** `application/xml`. */
  readonly mime: string
  readonly relationship: Relationship
  readonly description: string
  readonly bytes: Uint8Array
  /** Milliseconds since 1970. */
  readonly modified: number
}

export type Block =
  | Heading
  | Paragraph
  | Labelled
  | Table
  | List
  | Image
  | QrCode
  | Letterhead
  | Columns
  | Spacer
  | Rule
  | PageBreak
  | SignatureField
  | Keep
  | Box

/** Millimetres around a block that stands between others. Never added up with the neighbour's: the larger one holds. */
export interface Spacing {
  readonly spaceBefore?: number
  readonly spaceAfter?: number
}

/** Bookmarked, and kept with what follows. */
export interface Heading extends Spacing {
  readonly type: 'heading'
  readonly level: 1 | 2 | 3 | 4 | 5 | 6
  readonly content: readonly Inline[]
  readonly align?: Align
  /** Points. */
  readonly size?: number
  /** False leaves it out of the bookmarks. */
  readonly bookmark?: boolean
}

export interface Paragraph extends Spacing {
  readonly type: 'paragraph'
  readonly content: readonly Inline[]
  /** `justify` by default. The last line is never stretched. */
  readonly align?: Align
  /** Millimetres: of the first line, and of the whole paragraph. */
  readonly indent?: number
  readonly indentLeft?: number
  readonly indentRight?: number
  readonly keepWithNext?: boolean
  /** Points. */
  readonly size?: number
  readonly lineHeight?: number
}

/** A label and what it says, hanging beside it: เรื่อง, เรียน, อ้างถึง. */
export interface Labelled extends Spacing {
  readonly type: 'labelled'
  readonly label: readonly Inline[]
  readonly content: readonly Inline[]
  /** Millimetres from the label's start to the content. By default as wide as the label and a space. */
  readonly width?: number
  /** A dotted line under the content, as on forms. */
  readonly dotted?: boolean
  readonly align?: Align
  readonly size?: number
  readonly keepWithNext?: boolean
  /** Makes it a heading of that level, bookmarked: the subject of a letter. */
  readonly heading?: Heading['level']
}

export interface Table extends Spacing {
  readonly type: 'table'
  readonly columns: readonly TableColumn[]
  /** Repeated on every page that the table runs over. */
  readonly head?: readonly (readonly Cell[])[]
  readonly rows: readonly (readonly Cell[])[]
  /** Once, after the last row, never alone on a page. */
  readonly foot?: readonly (readonly Cell[])[]
  /** `all` by default. */
  readonly borders?: 'all' | 'horizontal' | 'outer' | 'none'
  /** Points of the text in it. */
  readonly size?: number
  /** Millimetres inside a cell. */
  readonly padding?: { readonly x?: number; readonly y?: number }
  /** What it shows, for those who don't see it (Summary). */
  readonly summary?: string
  readonly caption?: readonly Inline[]
  /** The last row stays on one page with what follows. */
  readonly keepWithNext?: boolean
}

export interface TableColumn {
  /** Millimetres; `auto`: as wide as its content needs; `{ share }`: of what is left, in proportion. */
  readonly width: number | 'auto' | { readonly share: number }
  /** Without it cells begin at the left, and heads stand in the middle. */
  readonly align?: Exclude<Align, 'justify'>
}

export type Cell = string | TableCell

export interface TableCell {
  readonly content: readonly Inline[]
  readonly align?: Align
  readonly vertical?: 'top' | 'middle' | 'bottom'
  readonly columnSpan?: number
  /** A head of its row (TH with Scope Row). Cells of `head` are heads of their columns anyway. */
  readonly rowHeader?: boolean
  readonly background?: Colour
}

export interface List extends Spacing {
  readonly type: 'list'
  /** `bullet` by default. `decimal` counts in the document's digits, `thai` with ก ข ค. */
  readonly marker?: 'bullet' | 'dash' | 'decimal' | 'thai'
  /** The first number. 1 by default. */
  readonly start?: number
  /** Text of each item, or blocks of which the first stands beside the marker. */
  readonly items: readonly (readonly Inline[] | { readonly blocks: readonly Block[] })[]
  readonly size?: number
  /** Millimetres from the marker's start to the text. 7 by default. */
  readonly indent?: number
}

export interface Image extends Spacing {
  readonly type: 'image'
  readonly source: ImageSource
  /** Millimetres. The height follows. */
  readonly width: number
  /** What it shows, for those who don't see it. An empty text makes it an artifact (ornament). */
  readonly alt: string
  readonly align?: Exclude<Align, 'justify'>
}

export type ImageSource =
  /** PNG, or baseline or progressive JPEG in grey or RGB. */
  | { readonly bytes: Uint8Array }
  /** SVG path data (M L H V C S Q T A Z), drawn within the view box. */
  | {
      readonly path: string
      readonly viewBox: readonly [x: number, y: number, width: number, height: number]
      readonly colour?: Colour
    }

export interface QrCode extends Spacing {
  readonly type: 'qr'
  readonly text: string
  /** Millimetres of a side. 25 by default. */
  readonly size?: number
  readonly alt: string
  readonly align?: Exclude<Align, 'justify'>
}

/** The agency's emblem at the top, with what stands beside it. */
export interface Letterhead extends Spacing {
  readonly type: 'letterhead'
  /** The agency's own file (PNG or JPEG). Without it a plain Garuda-like placeholder of ours is drawn. */
  readonly emblem?: Uint8Array | ImageSource
  /** Millimetres. 30 in the centre, 15 on the left, as the saraban regulation has them. */
  readonly emblemHeight?: number
  /** `center`: above everything, as on an external letter. `left`: beside `title`, as on a memorandum. */
  readonly align?: 'center' | 'left'
  readonly alt: string
  /** Centred under or beside the emblem, such as บันทึกข้อความ. A heading of level 1. */
  readonly title?: readonly Inline[]
  readonly titleSize?: number
}

/** Blocks side by side. They stay on one page. */
export interface Columns extends Spacing {
  readonly type: 'columns'
  readonly columns: readonly {
    readonly width?: number | { readonly share: number }
    readonly blocks: readonly Block[]
  }[]
  /** Millimetres. 6 by default. */
  readonly gap?: number
  readonly vertical?: 'top' | 'middle' | 'bottom'
}

export interface Spacer {
  readonly type: 'spacer'
  /** Millimetres. Swallowed at the top of a page. */
  readonly height: number
}

export interface Rule extends Spacing {
  readonly type: 'rule'
  /** Points. 0.5 by default. */
  readonly weight?: number
  readonly colour?: Colour
}

export interface PageBreak {
  readonly type: 'pageBreak'
}

/** A place where a signature goes: an empty field of type Sig (§12.7.5.5) which signing finds by name. */
export interface SignatureField extends Spacing {
  readonly type: 'signatureField'
  /** Unique in the document, without full stops. */
  readonly name: string
  /** Millimetres. */
  readonly width: number
  readonly height: number
  /** Who signs here, for those who don't see it (TU). */
  readonly label: string
  readonly align?: Exclude<Align, 'justify'>
  /** A thin frame or a base line to sign on; nothing by default. */
  readonly frame?: 'none' | 'line' | 'box'
}

/** Blocks that are not parted by a page's end, where a page can hold them. */
export interface Keep extends Spacing {
  readonly type: 'keep'
  readonly blocks: readonly Block[]
}

/** Blocks in a frame. It stays on one page. */
export interface Box extends Spacing {
  readonly type: 'box'
  readonly blocks: readonly Block[]
  /** Millimetres between frame and content. 3 by default. */
  readonly padding?: number
  /** Points of the frame's line; 0 for none. 0.5 by default. */
  readonly border?: number
  readonly background?: Colour
}
