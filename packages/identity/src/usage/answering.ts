/** Whether somebody holds the duty in the agency now. */
export type HasOfficers = (agency: string, duty: string) => Promise<boolean>

/** The first of these agencies that has somebody with the duty; where none has, the first: whoever joins it finds the task. */
export async function answeringAgency(
  hasOfficers: HasOfficers,
  duty: string,
  agencies: readonly [string, ...string[]],
): Promise<string> {
  for (const agency of agencies) if (await hasOfficers(agency, duty)) return agency
  return agencies[0]
}
