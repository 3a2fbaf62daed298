import { type CountryAnchor, readAnchors } from './anchors.ts'
import { type Law, type Purpose, readLaws, readPurposes } from './bases.ts'
import { type HolidayCalendar, readCalendar } from './calendar/holidays.ts'
import { type DocumentWords, readDocumentWords } from './documents.ts'
import { type GrantTemplate, readGrants } from './grants.ts'
import { type CountryIdentity, readIdentity } from './identity/identity.ts'
import { type Members, readMembers } from './members.ts'
import { readVocabularies, type Term, type Vocabulary } from './vocabulary.ts'

/** Thailand as data: who is a member, what words mean, why and by which law data may be asked for, and what is granted. */
export interface Country extends Members {
  readonly vocabularies: readonly Vocabulary[]
  /** By id: `person:nationalId`. */
  readonly terms: ReadonlyMap<string, Term>
  readonly purposes: readonly Purpose[]
  readonly laws: readonly Law[]
  readonly grants: readonly GrantTemplate[]
  readonly documentWords: DocumentWords
  /** Whom checks of documents trust on behalf of the country. */
  readonly anchors: readonly CountryAnchor[]
  readonly identity: CountryIdentity
  /** When its offices work; an operator's overlay (`holidays` in identity.yaml) is read with `readCalendar`. */
  readonly calendar: HolidayCalendar
}

let loaded: Country | undefined

/** The country pack, read and checked once per process. Throws `country-data-invalid` with file and place, and `country-anchor-mismatch`. */
export function loadCountry(): Country {
  loaded ??= readCountry()
  return loaded
}

function readCountry(): Country {
  const members = readMembers()
  const vocabularies = readVocabularies()
  const purposes = readPurposes()
  const laws = readLaws()
  const grants = readGrants({ members, purposes, laws })
  const terms = new Map(vocabularies.flatMap((one) => one.terms).map((term) => [term.id, term]))
  const [documentWords, anchors] = [readDocumentWords(), readAnchors()]
  const identity = readIdentity({ purposes })
  const calendar = readCalendar()
  return {
    ...members,
    vocabularies,
    terms,
    purposes,
    laws,
    grants,
    documentWords,
    anchors,
    identity,
    calendar,
  }
}
