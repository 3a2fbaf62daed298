import { PdfDict, PdfError, type PdfFile, PdfName, type PdfObject, PdfRef, PdfStream } from '../pdf/index.ts'
import { preparedShadows } from './reach.ts'

/** What lies in a revision beside what it shows (shadow attacks are prepared so): no fault by itself. */
export interface PreparedContent {
  /** Names of layers that are hidden at first, or on the screen and not on paper (ISO 32000-2, 8.11.4.3). */
  readonly layers: readonly string[]
  /** Numbers of pages, fonts, pictures and contents that nothing leads to. */
  readonly unused: readonly number[]
  /** Numbers that are pointed at, with nothing there. */
  readonly dangling: readonly number[]
}

const nothing: PreparedContent = { layers: [], unused: [], dangling: [] }

/** Looks at all objects of that view; nothing where the file is too large or too broken for that. */
export function preparedContent(file: PdfFile): PreparedContent {
  try {
    const { unused, dangling } = preparedShadows(file)
    return { layers: hiddenLayers(file), unused: unused.filter((num) => isShown(file, num)), dangling }
  } catch (error) {
    if (error instanceof PdfError) return nothing
    throw error
  }
}

function hiddenLayers(file: PdfFile): string[] {
  const properties = file.dict(file.catalog.get('OCProperties'))
  const shown = file.dict(properties?.get('D'))
  if (!properties || !shown) return []
  const all = file.array(properties.get('OCGs')) ?? []
  const isOffAtFirst = file.name(shown.get('BaseState')) === 'OFF'
  const on = numbersOf(file.array(shown.get('ON')))
  const off = numbersOf(file.array(shown.get('OFF')))
  // Rules by which a layer is shown on the screen and not printed, or the other way round.
  const automatic = (file.array(shown.get('AS')) ?? []).flatMap((one) => [
    ...numbersOf(file.array(file.dict(one)?.get('OCGs'))),
  ])
  const hidden = all.filter(
    (layer) =>
      layer instanceof PdfRef &&
      (off.has(layer.num) || (isOffAtFirst && !on.has(layer.num)) || automatic.includes(layer.num)),
  )
  return hidden.map((layer) => file.text(file.dict(layer)?.get('Name')) ?? '?')
}

function numbersOf(items: readonly PdfObject[] = []): Set<number> {
  return new Set(items.flatMap((item) => (item instanceof PdfRef ? [item.num] : [])))
}

const SHOWN = new Set(['Page', 'Pages', 'Catalog', 'Font', 'XObject', 'Annot', 'Pattern'])

/** Whether it could be seen if something led to it. */
function isShown(file: PdfFile, num: number): boolean {
  const entry = file.locate(num)?.entry
  const gen = entry && entry !== 'free' && 'gen' in entry ? entry.gen : 0
  const object = file.get(new PdfRef(num, gen))
  // An empty place for a signature's look stays behind when one is put there.
  if (object instanceof PdfStream && object.raw.length === 0) return false
  const dict = object instanceof PdfStream ? object.dict : object
  if (!(dict instanceof PdfDict)) return false
  const type = dict.get('Type')
  if (type instanceof PdfName) return SHOWN.has(type.value)
  return object instanceof PdfStream
}
