import type { Block, Cell, DocumentDescription, Inline } from '../layout/description.ts'
import { markerText } from '../layout/list-marker.ts'

/**
 * The text that the body of a document shows, in the order in which it is read, without any white space: where lines and
 * pages end is the layout's business, not the data's. What repeats on pages (header, footer, repeated heads) is left out.
 */
export function visibleText(description: Pick<DocumentDescription, 'body' | 'language'>): string {
  return withoutSpace(description.body.map((block) => blockText(block, description.language)).join(''))
}

/** Without what may stand between two letters on a page and means nothing. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b\u00ad\ufeff]+/g, '')
}

type Language = DocumentDescription['language']

function blockText(block: Block, language: Language): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return inlineText(block.content)
    case 'labelled':
      return inlineText(block.label) + inlineText(block.content)
    case 'letterhead':
      return inlineText(block.title ?? [])
    case 'table':
      return (
        inlineText(block.caption ?? []) +
        [...(block.head ?? []), ...block.rows, ...(block.foot ?? [])].map(rowText).join('')
      )
    case 'list':
      return block.items
        .map((item, n) => {
          const content = 'blocks' in item ? blocksText(item.blocks, language) : inlineText(item)
          return markerText(block.marker ?? 'bullet', (block.start ?? 1) + n, language) + content
        })
        .join('')
    case 'columns':
      return block.columns.map(({ blocks }) => blocksText(blocks, language)).join('')
    case 'keep':
    case 'box':
      return blocksText(block.blocks, language)
    case 'image':
    case 'qr':
    case 'spacer':
    case 'rule':
    case 'pageBreak':
    case 'signatureField':
      return ''
  }
}

function blocksText(blocks: readonly Block[], language: Language): string {
  return blocks.map((block) => blockText(block, language)).join('')
}

function rowText(row: readonly Cell[]): string {
  return row.map((cell) => (typeof cell === 'string' ? cell : inlineText(cell.content))).join('')
}

/** Page numbers are known only once pages are; no template has them in its body. */
function inlineText(content: readonly Inline[]): string {
  return content.map((one) => (typeof one === 'string' ? one : 'text' in one ? one.text : '')).join('')
}
