import type { Delivery, DistributionCenter } from '@mensageria/contracts/browser'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { centerDeliveriesQuery, centerQuery, integrationsQuery } from '../../api/queries.ts'
import { Link } from '../../components/button.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { formatTaxId } from '../../format/tax-id.ts'
import { useWords } from '../../hooks/use-words.ts'
import { CenterData } from './center-data.tsx'
import { DeliveryStory } from './delivery-story.tsx'
import { Milestones } from './milestones.tsx'

const headOf = ({ taxId, code, address }: DistributionCenter): string =>
  [formatTaxId(taxId), code, `${address.city} (${address.state})`].filter(Boolean).join(' · ')

const Story = ({ center, deliveries }: { center: DistributionCenter; deliveries: readonly Delivery[] }) => {
  const integrations = useQuery(integrationsQuery)
  return (
    <>
      <Milestones center={center} deliveries={deliveries} />
      <ul className="cards cards-top">
        {deliveries.map((delivery) => (
          <li key={delivery.integration}>
            <DeliveryStory
              delivery={delivery}
              horizonHours={
                integrations.data?.find(({ name }) => name === delivery.integration)?.horizonHours
              }
            />
          </li>
        ))}
      </ul>
    </>
  )
}

/** The story of one center, from its registration to every attempt at every integration. */
const CenterPage = ({ id }: { id: string }) => {
  const { t } = useWords()
  const center = useQuery(centerQuery(id))
  const deliveries = useQuery(centerDeliveriesQuery(id))
  return (
    <>
      <p className="back">
        <Link href="/centers">
          <ArrowLeft size={16} aria-hidden="true" /> {t('centers.back')}
        </Link>
      </p>
      <PageHead title={center.data?.name ?? t('centers.title')}>
        {center.data ? headOf(center.data) : ' '}
      </PageHead>
      <QueryView query={center}>
        {(found) => (
          <>
            <h2>{t('story.title')}</h2>
            <QueryView query={deliveries}>{(items) => <Story center={found} deliveries={items} />}</QueryView>
            <CenterData center={found} />
          </>
        )}
      </QueryView>
    </>
  )
}

export default CenterPage
