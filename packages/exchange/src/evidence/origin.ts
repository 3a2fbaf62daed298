/**
 * The name of a member's log in one epoch (c2sp.org/tlog-checkpoint), also the name of its key:
 * `sapan/TH/GOV/DOPA/log/1`.
 */
export function logOrigin(member: string, epoch: number): string {
  return `sapan/${member}/log/${epoch}`
}
