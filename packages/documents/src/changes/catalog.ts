import { type PdfDict, type PdfObject, PdfRef } from '../pdf/index.ts'
import type { ChangeKind } from './change.ts'
import { type Comparison, keysOf } from './comparison.ts'
import { compareForm } from './form.ts'
import { comparePages, keepPages } from './pages.ts'
import { compareSecurityStore } from './security-store.ts'
import { compareStructure } from './structure.ts'

/** What a change of a catalog entry without rules of its own is called. */
const KINDS: Readonly<Record<string, ChangeKind>> = {
  Extensions: 'extensions',
  Version: 'extensions',
  Metadata: 'metadata',
  OCProperties: 'optional-content',
  OpenAction: 'action',
  AA: 'action',
  URI: 'action',
  Outlines: 'outline',
  PageLabels: 'viewer',
  PageMode: 'viewer',
  PageLayout: 'viewer',
  ViewerPreferences: 'viewer',
  Names: 'names',
  Dests: 'names',
  AF: 'embedded-files',
  Collection: 'embedded-files',
  Perms: 'permissions',
  MarkInfo: 'structure',
  Lang: 'structure',
}

const OWN_RULES = new Set(['AcroForm', 'Pages', 'StructTreeRoot', 'DSS', 'Perms', 'Names'])

/** Entries of a trailer that are compared by themselves, or that belong to the revision and not to the document. */
const OWN_TO_TRAILERS = new Set(
  'Root Info Encrypt ID Size Prev XRefStm Type W Index Length Filter DecodeParms DocChecksum'.split(' '),
)

/** The trailer and all that hangs on it; what a later trailer leaves out shows nothing. The form comes first: pages and structure ask what it added. */
export function compareTrailers(comparison: Comparison): void {
  const before = comparison.before.trailer
  const after = comparison.after.trailer
  keepPages(comparison)
  comparison.same(before.get('Info'), after.get('Info'), { kind: 'metadata', path: 'Info' })
  comparison.same(before.get('Encrypt'), after.get('Encrypt'), { kind: 'encryption', path: 'Encrypt' })
  compareIdentifiers(comparison, before.get('ID'), after.get('ID'))
  for (const key of after.entries.keys()) {
    if (OWN_TO_TRAILERS.has(key)) continue
    comparison.same(before.get(key), after.get(key), { kind: 'catalog', path: key }, key)
  }
  const [root, rootNow] = [before.get('Root'), after.get('Root')]
  const isSame = root instanceof PdfRef && rootNow instanceof PdfRef && root.num === rootNow.num
  if (!isSame) comparison.report({ kind: 'catalog-replaced', path: 'Root' })
  compareCatalogs(comparison, comparison.before.catalog, comparison.after.catalog)
}

function compareIdentifiers(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  if (before === undefined) return
  const first = comparison.before.array(before)?.[0]
  const second = comparison.after.array(after)?.[0]
  comparison.same(first, second, { kind: 'file-identifier', path: 'ID[0]' })
}

function compareCatalogs(comparison: Comparison, before: PdfDict, after: PdfDict): void {
  compareForm(comparison, before.get('AcroForm'), after.get('AcroForm'))
  comparePages(comparison)
  compareStructure(comparison, before.get('StructTreeRoot'), after.get('StructTreeRoot'))
  compareSecurityStore(comparison, before.get('DSS'), after.get('DSS'))
  comparePermissions(comparison, before.get('Perms'), after.get('Perms'))
  compareNames(comparison, before.get('Names'), after.get('Names'))
  for (const key of keysOf(before, after)) {
    if (OWN_RULES.has(key)) continue
    comparison.same(
      before.get(key),
      after.get(key),
      { kind: KINDS[key] ?? 'catalog', path: `Root/${key}` },
      key,
    )
  }
}

/** A certification may come where there was no signature before; what is there stays (12.8.6). */
function comparePermissions(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const place = { kind: 'permissions', path: 'Root/Perms' } as const
  const now = comparison.after.dict(after)
  const isNew = comparison.before.resolve(before) === null && now?.entries.size === 1 && now.has('DocMDP')
  if (isNew) comparison.report({ ...place, kind: 'certification-added' })
  else comparison.same(before, after, place)
}

const NAME_KINDS: Readonly<Record<string, ChangeKind>> = {
  EmbeddedFiles: 'embedded-files',
  JavaScript: 'action',
}

function compareNames(
  comparison: Comparison,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): void {
  const [old, now] = [comparison.before.dict(before), comparison.after.dict(after)]
  for (const key of keysOf(old, now)) {
    const place = { kind: NAME_KINDS[key] ?? 'names', path: `Root/Names/${key}` } as const
    comparison.same(old?.get(key), now?.get(key), place, key)
  }
}
