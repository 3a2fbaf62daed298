import type { Bookmark } from '../layout/canvas.ts'
import { A4 } from '../layout/length.ts'
import type { PdfFileWriter, Reference } from './pdf-file.ts'
import { array, dictionary, number, textString } from './syntax.ts'

interface Entry {
  readonly bookmark: Bookmark
  readonly reference: Reference
  readonly children: Entry[]
}

/** Writes the bookmarks as a tree by their levels (ISO 32000-1 §12.3.3), all open. */
export function writeOutline(
  file: PdfFileWriter,
  bookmarks: readonly Bookmark[],
  pages: readonly Reference[],
): Reference | undefined {
  if (bookmarks.length === 0) return undefined
  const root = file.reserve()
  const top = nested(file, bookmarks)
  writeEntries(file, top, root, pages)
  return file.add(
    dictionary({
      Type: '/Outlines',
      First: top[0]?.reference,
      Last: top.at(-1)?.reference,
      Count: String(bookmarks.length),
    }),
    root,
  )
}

function nested(file: PdfFileWriter, bookmarks: readonly Bookmark[]): Entry[] {
  const top: Entry[] = []
  const open: Entry[] = []
  for (const bookmark of bookmarks) {
    while (open.length > 0 && (open.at(-1)?.bookmark.level ?? 0) >= bookmark.level) open.pop()
    const entry = { bookmark, reference: file.reserve(), children: [] }
    ;(open.at(-1)?.children ?? top).push(entry)
    open.push(entry)
  }
  return top
}

const countOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { children }) => sum + 1 + countOf(children), 0)

function writeEntries(
  file: PdfFileWriter,
  entries: readonly Entry[],
  parent: Reference,
  pages: readonly Reference[],
): void {
  entries.forEach(({ bookmark, reference, children }, index) => {
    const page = pages[bookmark.page]
    file.add(
      dictionary({
        Title: textString(bookmark.title),
        Parent: parent,
        Prev: entries[index - 1]?.reference,
        Next: entries[index + 1]?.reference,
        First: children[0]?.reference,
        Last: children.at(-1)?.reference,
        Count: children.length > 0 ? String(countOf(children)) : undefined,
        Dest: page && array([page, '/XYZ', '0', number(A4.height - bookmark.y + 4), '0']),
      }),
      reference,
    )
    writeEntries(file, children, reference, pages)
  })
}
