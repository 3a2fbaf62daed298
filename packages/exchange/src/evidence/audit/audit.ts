import type { AuditOptions, AuditReport } from './report.ts'

export async function auditLog(
  _options: object,
  _member: string,
  _audit: AuditOptions,
): Promise<AuditReport> {
  throw new Error('not built')
}
