import type { RedriveFilter } from '@mensageria/contracts/browser'
import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import { failureGroupsQuery, integrationsQuery } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { RedriveDialog } from '../../components/redrive-dialog.tsx'
import { SelectField } from '../../components/select-field.tsx'
import { useCauseWords } from '../../hooks/use-cause-words.ts'
import { useWords } from '../../hooks/use-words.ts'

const ANY = 'any'

/** Chooses what to send again; the dialog counts it before anything goes out. */
export const NewRedrive = () => {
  const { t } = useWords()
  const words = useCauseWords()
  const [integration, setIntegration] = useState(ANY)
  const [cause, setCause] = useState(ANY)
  const [q, setQ] = useState('')
  const integrations = useQuery(integrationsQuery)
  const groups = useQuery(failureGroupsQuery)
  const fitting = (groups.data ?? []).filter(
    (group) => integration === ANY || group.integration === integration,
  )
  const causes = [...new Map(fitting.map((group) => [group.cause, group])).values()]
  const filter: RedriveFilter = {
    ...(integration === ANY ? {} : { integration }),
    ...(cause === ANY ? {} : { cause }),
    ...(q.trim() === '' ? {} : { q: q.trim() }),
  }
  const isEmpty = integration === ANY && cause === ANY
  return (
    <section className="panel" aria-labelledby="new-redrive">
      <h2 id="new-redrive">{t('redrives.newTitle')}</h2>
      <p className="small">{t('redrives.newText')}</p>
      <div className="form-row">
        <SelectField
          label={t('redrives.integration')}
          value={integration}
          onChange={setIntegration}
          options={[
            { value: ANY, label: t('redrives.anyIntegration') },
            ...(integrations.data ?? []).map(({ name, displayName }) => ({
              value: name,
              label: displayName,
            })),
          ]}
        />
        <SelectField
          label={t('redrives.cause')}
          value={cause}
          onChange={setCause}
          options={[
            { value: ANY, label: t('redrives.anyCause') },
            ...causes.map((group) => ({
              value: group.cause,
              label: words(group.integration, group.cause, group.kind).title,
            })),
          ]}
        />
        <TextField className="field" value={q} onChange={setQ} maxLength={120}>
          <Label>{t('redrives.search')}</Label>
          <Input />
        </TextField>
        <RedriveDialog
          title={t('redrives.newTitle')}
          filter={filter}
          trigger={
            <Button look="primary" isDisabled={isEmpty}>
              <FlaskConical size={16} aria-hidden="true" />
              {t('redrives.check')}
            </Button>
          }
        />
      </div>
      {isEmpty ? <p className="small">{t('redrives.needFilter')}</p> : undefined}
    </section>
  )
}
