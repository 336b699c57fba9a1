/** The services and images of this project: the folder, account and image of an integration have its name, and may not be these. */
export const RESERVED_NAMES: readonly string[] = [
  'registration',
  'dead-letter',
  'sweeper',
  'console',
  'standalone',
  'destination',
  'integration',
]

/** How people call an integration: as its row says, or by its name with the first letter in upper case. */
export const displayNameOf = (
  name: string,
  { display_name }: { display_name?: string | undefined },
): string => display_name ?? name.charAt(0).toUpperCase() + name.slice(1)
