import { Registration } from '@mensageria/contracts'
import type { City } from '../../format/cities.ts'

/** What somebody has typed so far. */
export type Draft = Record<TextName, string> & { city: City | undefined }

/** The fields that are text, with where each stands in a registration. */
export const FIELDS = {
  name: ['name'],
  code: ['code'],
  taxId: ['taxId'],
  postalCode: ['address', 'postalCode'],
  street: ['address', 'street'],
  number: ['address', 'number'],
  complement: ['address', 'complement'],
  district: ['address', 'district'],
  contactName: ['contact', 'name'],
  email: ['contact', 'email'],
  phone: ['contact', 'phone'],
} as const

export type TextName = keyof typeof FIELDS

/** Fields that may stay empty. */
export const OPTIONAL: ReadonlySet<string> = new Set(['code', 'complement', 'contactName', 'email', 'phone'])

/** A form that nobody has typed into. */
export const EMPTY_DRAFT: Draft = {
  name: '',
  code: '',
  taxId: '',
  postalCode: '',
  street: '',
  number: '',
  complement: '',
  district: '',
  contactName: '',
  email: '',
  phone: '',
  city: undefined,
}

const given = <Name extends string>(name: Name, value: string): Partial<Record<Name, string>> => {
  const part: Partial<Record<Name, string>> = {}
  if (value.trim() !== '') part[name] = value
  return part
}

/** The registration that a form says, as it is sent; not checked. */
export const toRegistration = (draft: Draft): unknown => {
  const contact = {
    ...given('name', draft.contactName),
    ...given('email', draft.email),
    // People write numbers with spaces, dashes and brackets.
    ...given('phone', draft.phone.replaceAll(/[\s().-]/g, '')),
  }
  return {
    name: draft.name,
    ...given('code', draft.code.trim()),
    taxId: draft.taxId,
    address: {
      street: draft.street,
      number: draft.number,
      ...given('complement', draft.complement),
      district: draft.district,
      city: draft.city?.name ?? '',
      cityCode: draft.city?.code ?? '',
      state: draft.city?.state ?? '',
      postalCode: draft.postalCode,
    },
    ...(Object.keys(contact).length === 0 ? {} : { contact }),
  }
}

/** The fields of a form that are invalid: checked by the schema that the API itself uses. */
export const invalidFields = (draft: Draft): ReadonlySet<TextName | 'city'> => {
  const checked = Registration.safeParse(toRegistration(draft))
  const invalid = new Set<TextName | 'city'>()
  for (const { path } of checked.error?.issues ?? []) {
    const name = Object.entries(FIELDS).find(([, place]) => place.join('/') === path.join('/'))?.[0]
    invalid.add(isTextName(name) ? name : 'city')
  }
  return invalid
}

const isTextName = (name: string | undefined): name is TextName =>
  name !== undefined && Object.hasOwn(FIELDS, name)
