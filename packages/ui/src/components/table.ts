import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface TableOptions {
  /** Says what the table is of. Shown unless a heading above says it. */
  readonly caption: string
  readonly isCaptionHidden?: boolean
  readonly columns: readonly TableColumn[]
  /** Cells in the order of the columns; the first names its row. */
  readonly rows: readonly (readonly ComponentChildren[])[]
}

export interface TableColumn {
  readonly title: string
  /** Aligned to compare. */
  readonly isNumber?: boolean
}

/** Rows to compare. On a phone each row is a card, whose cells have their column's name beside them. */
export function table({ caption, isCaptionHidden = false, columns, rows }: TableOptions): ComponentChild {
  const head = columns.map(({ title, isNumber }) =>
    h('th', { scope: 'col', class: isNumber ? 'number' : undefined }, title),
  )
  return h(
    'table',
    { class: 'ds-table cards' },
    h('caption', { class: isCaptionHidden ? 'ds-sr-only' : undefined }, caption),
    h('thead', null, h('tr', null, head)),
    h(
      'tbody',
      null,
      rows.map((cells) =>
        h(
          'tr',
          null,
          cells.map((cell, at) => tableCell(cell, at, columns[at])),
        ),
      ),
    ),
  )
}

function tableCell(cell: ComponentChildren, at: number, column: TableColumn | undefined): ComponentChild {
  const attributes = { 'data-column': column?.title, class: column?.isNumber ? 'number' : undefined }
  return at === 0 ? h('th', { scope: 'row', ...attributes }, cell) : h('td', attributes, cell)
}
