import { Check } from 'lucide-react'
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { useWords } from '../../hooks/use-words.ts'
import type { FieldCheck } from './check-field.ts'
import { OPTIONAL, type TextName } from './draft.ts'

type RegisterFieldProps = {
  name: TextName
  value: string
  check: FieldCheck
  onChange: (value: string) => void
}

const TYPES: Partial<Record<TextName, 'email' | 'tel'>> = { email: 'email', phone: 'tel' }
const EXAMPLES: Partial<Record<TextName, string>> = {
  taxId: '11.222.333/0001-81',
  postalCode: '07786-000',
  code: 'CD-SP-01',
  phone: '+55 11 3333-4444',
}

/** One field of the form, with what is to be said about it beside it. */
export const RegisterField = ({ name, value, check, onChange }: RegisterFieldProps) => {
  const { t } = useWords()
  return (
    <TextField
      className={`field field-${name}`}
      value={value}
      onChange={onChange}
      name={name}
      type={TYPES[name] ?? 'text'}
      isRequired={!OPTIONAL.has(name)}
      isInvalid={check.kind === 'error'}
      validationBehavior="aria"
      maxLength={120}
    >
      <Label>
        {t(`register.${name}`)}
        {OPTIONAL.has(name) ? <span className="optional"> ({t('register.optional')})</span> : undefined}
      </Label>
      <Input placeholder={EXAMPLES[name] ?? ''} />
      {check.kind === 'valid' ? (
        <Text slot="description" className="valid">
          <Check size={14} aria-hidden="true" /> {t('register.valid')}
        </Text>
      ) : undefined}
      {check.kind === 'hint' ? (
        <Text slot="description">{t(`register.${check.key}`, { count: check.count })}</Text>
      ) : undefined}
      {check.kind === 'warning' ? (
        <Text slot="description" className="warning">
          {t(`register.${check.key}`)}
        </Text>
      ) : undefined}
      <FieldError>{check.kind === 'error' ? t(`register.${check.key}`) : undefined}</FieldError>
    </TextField>
  )
}
