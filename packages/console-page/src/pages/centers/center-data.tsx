import type { DistributionCenter } from '@mensageria/contracts/browser'
import { formatPostalCode, formatTaxId } from '../../format/tax-id.ts'
import { useWords } from '../../hooks/use-words.ts'

const addressOf = ({ address }: DistributionCenter): string =>
  [
    `${address.street}, ${address.number}`,
    address.complement,
    address.district,
    `${address.city} (${address.state})`,
    formatPostalCode(address.postalCode),
  ]
    .filter(Boolean)
    .join(' · ')

/** The data of the center, as it was registered. */
export const CenterData = ({ center }: { center: DistributionCenter }) => {
  const { t, dateTime } = useWords()
  const { contact } = center
  const rows: [string, string | undefined][] = [
    [t('centers.taxId'), formatTaxId(center.taxId)],
    [t('centers.code'), center.code],
    [t('story.address'), addressOf(center)],
    [t('story.contact'), contact && [contact.name, contact.email, contact.phone].filter(Boolean).join(' · ')],
    [t('centers.createdAt'), dateTime(center.createdAt)],
    [t('centers.version'), String(center.version)],
    ['Id', center.id],
  ]
  return (
    <section className="panel">
      <h2>{t('story.data')}</h2>
      <dl className="data">
        {rows.map(([label, value]) =>
          value === undefined ? undefined : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
