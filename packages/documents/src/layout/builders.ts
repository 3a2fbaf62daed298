import type {
  Align,
  Block,
  Box,
  Cell,
  Columns,
  Digits,
  Heading,
  Image,
  Inline,
  Keep,
  Labelled,
  Letterhead,
  LineBreak,
  List,
  PageBreak,
  PageCount,
  PageNumber,
  Paragraph,
  QrCode,
  Rule,
  SignatureField,
  Spacer,
  Table,
  TableCell,
  TextSpan,
} from './description.ts'

/** What a line may be written as: one piece, or several. */
export type Content = Inline | readonly Inline[]

type Options<B, K extends PropertyKey = never> = Omit<B, 'type' | K>

const inlines = (content: Content): readonly Inline[] =>
  Array.isArray(content) ? (content as readonly Inline[]) : [content as Inline]

/** Text with a look of its own: `span('ด่วนที่สุด', { bold: true, colour: [200, 0, 0] })`. */
export const span = (text: string, look: Options<TextSpan, 'text'> = {}): TextSpan => ({ text, ...look })

export const bold = (text: string): TextSpan => ({ text, bold: true })

export const link = (text: string, address: string): TextSpan => ({ text, link: address, underline: true })

export const lineBreak: LineBreak = { type: 'lineBreak' }

export const pageNumber = (digits?: Digits): PageNumber => ({
  type: 'pageNumber',
  ...(digits && { digits }),
})

export const pageCount = (digits?: Digits): PageCount => ({ type: 'pageCount', ...(digits && { digits }) })

export const heading = (
  level: Heading['level'],
  content: Content,
  options: Options<Heading, 'level' | 'content'> = {},
): Heading => ({ type: 'heading', level, content: inlines(content), ...options })

export const paragraph = (content: Content, options: Options<Paragraph, 'content'> = {}): Paragraph => ({
  type: 'paragraph',
  content: inlines(content),
  ...options,
})

export const labelled = (
  label: Content,
  content: Content,
  options: Options<Labelled, 'label' | 'content'> = {},
): Labelled => ({ type: 'labelled', label: inlines(label), content: inlines(content), ...options })

export const table = ({ caption, ...options }: Options<Table, 'caption'> & { caption?: Content }): Table => ({
  type: 'table',
  ...(caption !== undefined && { caption: inlines(caption) }),
  ...options,
})

export const cell = (content: Content, options: Options<TableCell, 'content'> = {}): TableCell => ({
  content: inlines(content),
  ...options,
})

/** The first cell of a row that names the row. */
export const rowHeader = (content: Content, align?: Align): Cell => ({
  content: inlines(content),
  rowHeader: true,
  ...(align && { align }),
})

export const list = (
  items: readonly (Content | { readonly blocks: readonly Block[] })[],
  options: Options<List, 'items'> = {},
): List => ({
  type: 'list',
  items: items.map((item) =>
    typeof item === 'object' && 'blocks' in item ? item : inlines(item as Content),
  ),
  ...options,
})

export const image = (options: Options<Image>): Image => ({ type: 'image', ...options })

export const qr = (options: Options<QrCode>): QrCode => ({ type: 'qr', ...options })

export const letterhead = ({
  title,
  ...options
}: Options<Letterhead, 'title'> & { title?: Content }): Letterhead => ({
  type: 'letterhead',
  ...(title !== undefined && { title: inlines(title) }),
  ...options,
})

export const columns = (parts: Columns['columns'], options: Options<Columns, 'columns'> = {}): Columns => ({
  type: 'columns',
  columns: parts,
  ...options,
})

/** Millimetres. */
export const spacer = (height: number): Spacer => ({ type: 'spacer', height })

export const rule = (options: Options<Rule> = {}): Rule => ({ type: 'rule', ...options })

export const pageBreak: PageBreak = { type: 'pageBreak' }

export const signatureField = (options: Options<SignatureField>): SignatureField => ({
  type: 'signatureField',
  ...options,
})

export const keep = (blocks: readonly Block[], options: Options<Keep, 'blocks'> = {}): Keep => ({
  type: 'keep',
  blocks,
  ...options,
})

export const box = (blocks: readonly Block[], options: Options<Box, 'blocks'> = {}): Box => ({
  type: 'box',
  blocks,
  ...options,
})
