import { signPdf } from '@sapan/documents'
import { type Clock, Problem } from '@sapan/kernel'
import type { AgencySeals } from '@sapan/services'
import type { OperatorDocuments } from '../identity/documents-authority.ts'
import { problems } from '../problems.ts'

/** The seals of the agencies whose services the operator runs. */
export function agencySeals(documents: OperatorDocuments | undefined, clock: Clock): AgencySeals {
  return {
    seal: async (agency, pdf) => {
      const found = documents?.agencySeals.get(agency)
      if (documents === undefined || found === undefined) throw new Problem(problems['seal-missing'])
      const { key, revocation } = found
      return await signPdf(pdf, {
        key,
        level: 'B-LT',
        time: clock(),
        timestamper: documents.timestamper,
        revocation,
      })
    },
  }
}
