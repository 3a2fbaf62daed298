import { DirectoryView, type SubjectTokenIssuer } from '@sapan/exchange'

/** A directory in which only issuers stand. */
export function viewOf(subjectTokens: readonly SubjectTokenIssuer[]): DirectoryView {
  return new DirectoryView(
    {
      instance: 'TH',
      version: 1,
      issuedAt: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
      members: [],
      gateways: [],
      services: [],
      grants: [],
      revoked: [],
      issuers: [],
      timestamping: [],
      witnesses: [],
      subjectTokens,
    },
    '',
  )
}
