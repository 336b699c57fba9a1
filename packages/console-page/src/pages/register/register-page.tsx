import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { meQuery } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useWords } from '../../hooks/use-words.ts'
import { checkField } from './check-field.ts'
import { CityField } from './city-field.tsx'
import { EMPTY_DRAFT, invalidFields, toRegistration, type TextName } from './draft.ts'
import { RegisterField } from './register-field.tsx'
import { Registered, RegistrationProblem } from './registered.tsx'
import { registerCenter } from './register-center.ts'

const IDENTITY = ['name', 'taxId', 'code'] as const
const PLACE = ['postalCode'] as const
const STREET = ['street', 'number', 'complement', 'district'] as const
const CONTACT = ['contactName', 'email', 'phone'] as const

const RegisterForm = () => {
  const { t } = useWords()
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [wasSent, setWasSent] = useState(false)
  const registration = useMutation({ mutationFn: () => registerCenter(toRegistration(draft)) })
  const invalid = invalidFields(draft)

  const field = (name: TextName) => (
    <RegisterField
      key={name}
      name={name}
      value={draft[name]}
      check={checkField(name, draft, invalid, wasSent)}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
    />
  )
  const again = () => {
    setDraft(EMPTY_DRAFT)
    setWasSent(false)
    registration.reset()
  }
  if (registration.data) return <Registered {...registration.data} onAgain={again} />

  return (
    <>
      <PageHead title={t('register.title')}>{t('register.intro')}</PageHead>
      <Form
        className="panel register"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          setWasSent(true)
          if (invalid.size === 0) registration.mutate()
        }}
      >
        <fieldset>
          <legend>{t('register.identity')}</legend>
          <div className="form-grid">{IDENTITY.map(field)}</div>
        </fieldset>
        <fieldset>
          <legend>{t('register.address')}</legend>
          <div className="form-grid">
            {PLACE.map(field)}
            <CityField
              city={draft.city}
              isMissing={wasSent && draft.city === undefined}
              onChange={(city) => setDraft({ ...draft, city })}
            />
            {STREET.map(field)}
          </div>
        </fieldset>
        <fieldset>
          <legend>{t('register.contact')}</legend>
          <div className="form-grid">{CONTACT.map(field)}</div>
        </fieldset>
        {registration.error ? <RegistrationProblem error={registration.error} /> : undefined}
        <div className="form-actions">
          <Button type="submit" look="primary" isPending={registration.isPending}>
            {t(registration.isPending ? 'register.sending' : 'register.submit')}
          </Button>
        </div>
      </Form>
    </>
  )
}

/** Registers a center by hand; everything that can be checked is checked while it is typed. */
const RegisterPage = () => {
  const { t } = useWords()
  const me = useQuery(meQuery)
  return (
    <QueryView query={me}>
      {({ roles }) =>
        roles.includes('register') ? (
          <RegisterForm />
        ) : (
          <>
            <PageHead title={t('register.title')} />
            <Empty text={t('register.mayNot')} />
          </>
        )
      }
    </QueryView>
  )
}

export default RegisterPage
