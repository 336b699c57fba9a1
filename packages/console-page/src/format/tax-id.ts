/** A stored CNPJ with its punctuation: `11.222.333/0001-81`. */
export const formatTaxId = (taxId: string): string =>
  taxId.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5')

/** A stored CEP with its dash. */
export const formatPostalCode = (postalCode: string): string =>
  postalCode.replace(/^(\d{5})(\d{3})$/, '$1-$2')
