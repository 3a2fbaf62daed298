import { refusedCharacters } from '../text/characters.ts'
import { formatDigits } from '../text/digits.ts'
import { breaksBetween, type TextPart, textParts } from '../text/line-breaks.ts'
import { type Cut, type ShapedText, type Typeface, typeface } from '../text/typeface.ts'
import { defaultDigits, type LayoutContext } from './context.ts'
import type { Colour, Inline, TextSpan } from './description.ts'
import type { StructureNode } from './structure.ts'

/** How a piece of a line looks, and to which element it belongs. */
export interface Look {
  readonly typeface: Typeface
  /** Points. */
  readonly size: number
  readonly colour: Colour | undefined
  readonly underline: boolean
  readonly link: string | undefined
  readonly node: StructureNode
}

/** What a line is made of: never parted itself. */
export interface Atom {
  readonly shaped: ShapedText
  readonly look: Look
  /** Points. */
  readonly width: number
  readonly space: boolean
  readonly breakAfter: boolean
  /** The line ends here, whatever fits. */
  readonly lineEnd?: boolean
  /** Known only when the page is drawn. */
  readonly field?: 'pageNumber' | 'pageCount'
}

export interface TextDefaults {
  readonly size: number
  readonly bold?: boolean
}

/** Shapes the content of a block, as pieces between which lines may end. */
export function atomsOf(
  content: readonly Inline[],
  node: StructureNode,
  defaults: TextDefaults,
  context: LayoutContext,
): Atom[] {
  const atoms: Atom[] = []
  let before = ''
  for (const inline of content) {
    if (typeof inline !== 'string' && 'type' in inline) {
      atoms.push(specialAtom(inline, look({ text: '' }, node, defaults, context), context))
      before = ''
      continue
    }
    const span = typeof inline === 'string' ? { text: inline } : inline
    if (span.text === '') continue
    const last = atoms.at(-1)
    if (last && before !== '' && breaksBetween(before, span.text) !== last.breakAfter)
      atoms[atoms.length - 1] = { ...last, breakAfter: !last.breakAfter }
    atoms.push(...spanAtoms(span, look(span, node, defaults, context), context))
    before = span.text
  }
  return atoms
}

function spanAtoms(span: TextSpan, spanLook: Look, context: LayoutContext): Atom[] {
  context.refused.add(refusedIn(span.text, spanLook.typeface))
  const parts: readonly TextPart[] = span.nowrap
    ? textParts(span.text).map((part) => ({ ...part, breakAfter: false }))
    : textParts(span.text)
  return parts.map((part) => textAtom(part, spanLook))
}

function textAtom(part: TextPart, spanLook: Look): Atom {
  const shaped = spanLook.typeface.shape(part.text)
  return {
    shaped,
    look: spanLook,
    width: (shaped.width * spanLook.size) / 1000,
    space: part.space,
    breakAfter: part.breakAfter,
  }
}

function specialAtom(
  inline: Exclude<Inline, string | TextSpan>,
  spanLook: Look,
  context: LayoutContext,
): Atom {
  if (inline.type === 'lineBreak')
    return { ...textAtom({ text: '', space: false, breakAfter: true }, spanLook), lineEnd: true }
  const digits = inline.digits ?? defaultDigits(context.language)
  const known = inline.type === 'pageNumber' ? context.page : context.pages
  if (known !== undefined)
    return textAtom({ text: formatDigits(known, digits), space: false, breakAfter: false }, spanLook)
  // As wide as a two-digit number until the page is known.
  return {
    ...textAtom({ text: formatDigits('00', digits), space: false, breakAfter: false }, spanLook),
    field: inline.type,
  }
}

const plain = /^[\u0020-\u007e\u0e01-\u0e3a\u0e3f-\u0e5b]*$/u

/** Most texts are of Thai and ASCII, which every cut of the family has. */
const refusedIn = (text: string, face: Typeface) => (plain.test(text) ? [] : refusedCharacters(text, face))

function look(span: TextSpan, node: StructureNode, defaults: TextDefaults, context: LayoutContext): Look {
  return {
    typeface: typeface(cutOf(span.bold ?? defaults.bold ?? false, span.italic ?? false)),
    size: span.size ?? defaults.size,
    colour: span.colour,
    underline: span.underline ?? false,
    link: span.link,
    node: spanNode(span, node, context),
  }
}

function cutOf(bold: boolean, italic: boolean): Cut {
  if (bold) return italic ? 'boldItalic' : 'bold'
  return italic ? 'italic' : 'regular'
}

/** Links and passages in another language are elements of their own (ISO 32000-1 §14.8.4.4). */
function spanNode(span: TextSpan, node: StructureNode, context: LayoutContext): StructureNode {
  if (span.link) return node.unplaced('Link', span.language ? { language: span.language } : {})
  if (span.language && span.language !== context.language)
    return node.unplaced('Span', { language: span.language })
  return node
}
