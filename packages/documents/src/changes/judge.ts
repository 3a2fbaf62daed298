import type { CertificationLevel, FieldLock } from '../pdf/index.ts'
import type { Change, ChangeKind } from './change.ts'

/** What the signature under which changes are judged allows. */
export interface Permissions {
  /** Its DocMDP level; null for a signature that certifies nothing. */
  readonly certification: CertificationLevel | null
  readonly fieldLock?: FieldLock | undefined
}

export interface Judgement {
  readonly allowed: readonly Change[]
  /** Nothing that the standard forbids, but a way to mislead: a person should look. */
  readonly suspicious: readonly Change[]
  readonly refused: readonly Change[]
}

/** Upkeep that is always allowed: it alters nothing that is seen (ISO 32000-2, table 257; EN 319 142-1, 5.5). */
const UPKEEP = new Set<ChangeKind>([
  // Shows nothing; a later revision that brings it into use is judged by itself.
  'unused-object',
  'timestamp-added',
  'validation-data-added',
  'metadata',
  'extensions',
  'form-flags',
])

/** Allowed from level 2 on. */
const SIGNING = new Set<ChangeKind>([
  'signature-added',
  'signature-field-added',
  'certification-added',
  'form-resources-added',
  'structure-added',
])

const DOUBTFUL = new Set<ChangeKind>([
  'unused-object-revealed',
  'unused-object-replaced',
  'signature-overlay',
  'appearance-shared',
  'form-appearances-regenerated',
  'validation-data-changed',
])

/** As doubtful, where forms may be changed at all. */
const DOUBTFUL_FORMS = new Set<ChangeKind>(['signature-field-nested', 'field-look-changed'])

/** Annotations that show words beside the page, not on it. */
const ASIDE = new Set(['Text', 'Popup'])
/** Annotations that can cover what was signed. */
const COVERING = new Set([
  'FreeText',
  'Stamp',
  'Redact',
  'Watermark',
  'Widget',
  'Screen',
  'RichMedia',
  '3D',
  'Movie',
])

/** Rules on each change by what was permitted: a whitelist, where what isn't known is refused. */
export function judgeChanges(changes: readonly Change[], permissions: Permissions): Judgement {
  const allowed: Change[] = []
  const suspicious: Change[] = []
  const refused: Change[] = []
  const level = levelOf(permissions)
  const timestamps = new Set(
    changes.filter((change) => change.kind === 'timestamp-added').map((change) => change.field),
  )
  for (const change of changes) {
    const ruling = rule(change, level, permissions.fieldLock, timestamps)
    if (ruling === 'allowed') allowed.push(change)
    else if (ruling === 'suspicious') suspicious.push(change)
    else refused.push(change)
  }
  return { allowed, suspicious, refused }
}

/** The stricter of certification and lock. Without either: forms and signatures, as level 2. */
function levelOf({ certification, fieldLock }: Permissions): CertificationLevel {
  const levels = [certification, fieldLock?.permissions].filter((level) => typeof level === 'number')
  return levels.length === 0 ? 2 : levels.includes(1) ? 1 : levels.includes(2) ? 2 : 3
}

type Ruling = 'allowed' | 'suspicious' | 'refused'

function rule(
  change: Change,
  level: CertificationLevel,
  lock: FieldLock | undefined,
  timestamps: ReadonlySet<string | undefined>,
): Ruling {
  const { kind } = change
  if (UPKEEP.has(kind)) return kind === 'timestamp-added' && isLocked(change, lock) ? 'refused' : 'allowed'
  if (DOUBTFUL.has(kind)) return 'suspicious'
  // A document time-stamp brings its field along, at every level.
  if (kind === 'signature-field-added' && timestamps.has(change.field)) return 'allowed'
  if (kind === 'structure-added' && timestamps.size > 0) return 'allowed'
  if (SIGNING.has(kind)) return level >= 2 && !isLocked(change, lock) ? 'allowed' : 'refused'
  if (DOUBTFUL_FORMS.has(kind)) return level >= 2 && !isLocked(change, lock) ? 'suspicious' : 'refused'
  if (kind === 'field-filled') return level >= 2 && !isLocked(change, lock) ? 'allowed' : 'refused'
  if (kind.startsWith('annotation-')) return level === 3 ? ruleAnnotation(change) : 'refused'
  return 'refused'
}

function ruleAnnotation({ kind, subtype }: Change): Ruling {
  if (kind !== 'annotation-added' || subtype === undefined) return 'suspicious'
  if (ASIDE.has(subtype)) return 'allowed'
  return COVERING.has(subtype) ? 'refused' : 'suspicious'
}

/** A lock binds the fields that were there; one that is added with its signature is no older field. */
function isLocked({ field, newField, kind }: Change, lock: FieldLock | undefined): boolean {
  if (!lock || field === undefined || newField || kind === 'signature-field-added') return false
  if (lock.action === 'All') return true
  const isNamed = lock.fields.some((name) => field === name || field.startsWith(`${name}.`))
  return lock.action === 'Include' ? isNamed : !isNamed
}
