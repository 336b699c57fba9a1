const SPELLED: Readonly<Record<string, string>> = { maas: 'MaaS' }

/** The name of an integration as its people write it. */
export const systemName = (integration: string): string =>
  SPELLED[integration] ?? integration.charAt(0).toUpperCase() + integration.slice(1)
