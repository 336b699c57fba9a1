// By itself: who checks a CNPJ alone does not load the table of municipalities.
import { isValidCnpj } from '@brazilian-utils/brazilian-utils/is-valid-cnpj'
import { z } from 'zod'

const PUNCTUATION = /[./-]/g

/**
 * A CNPJ with or without its punctuation, numeric or in the alphanumeric form of 2026 (Receita Federal, IN 2.229/2024);
 * normalized to 14 characters in upper case.
 */
export const taxId = z
  .string()
  .max(32)
  .overwrite((value) => value.trim().replaceAll(PUNCTUATION, '').toUpperCase())
  .refine((value) => /^[0-9A-Z]{12}[0-9]{2}$/.test(value) && isValidCnpj(value, { version: 2 }), {
    error: 'Must be a valid CNPJ: 14 characters with correct check digits',
  })
  .meta({
    description: 'CNPJ, numeric or alphanumeric, with or without punctuation',
    example: '11222333000181',
  })
