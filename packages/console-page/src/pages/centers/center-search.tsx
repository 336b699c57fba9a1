import { useQuery } from '@tanstack/react-query'
import { MapPin, Search, X } from 'lucide-react'
import { Input, Label, SearchField, Text } from 'react-aria-components'
import { Button } from '../../components/button.tsx'
import type { City } from '../../format/cities.ts'
import { isLikeCity } from '../../format/search-kind.ts'
import { useDebounced } from '../../hooks/use-debounced.ts'
import { useWords } from '../../hooks/use-words.ts'

const CITIES_MAX = 5

// The table of cities is loaded when somebody types what can be one.
const useCities = (text: string) => {
  const settled = useDebounced(text.trim())
  return useQuery({
    queryKey: ['cities', settled],
    enabled: isLikeCity(settled),
    queryFn: async () => (await import('../../format/cities.ts')).citiesLike(settled, CITIES_MAX),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type CenterSearchProps = {
  text: string
  onText: (text: string) => void
  city: City | undefined
  onCity: (city: City | undefined) => void
}

/** One field for everything that people know of a center; a city is offered while its name is typed. */
export const CenterSearch = ({ text, onText, city, onCity }: CenterSearchProps) => {
  const { t } = useWords()
  const cities = useCities(text)
  const offered = isLikeCity(text) ? (cities.data ?? []) : []
  return (
    <search className="search">
      <SearchField value={text} onChange={onText} className="field search-field">
        <Label>{t('centers.search')}</Label>
        <div className="input-with-icon">
          <Search size={18} aria-hidden="true" />
          <Input placeholder={t('centers.placeholder')} />
        </div>
        <Text slot="description">{t('centers.hint')}</Text>
      </SearchField>
      <div className="chips" role="status">
        {city ? (
          <Button look="primary" onPress={() => onCity(undefined)}>
            <MapPin size={16} aria-hidden="true" />
            {t('centers.inCity', { city: city.name, state: city.state })}
            <X size={16} aria-hidden="true" />
            <span className="visually-hidden">{t('centers.clearCity')}</span>
          </Button>
        ) : undefined}
        {offered.map((one) => (
          <Button key={one.code} onPress={() => onCity(one)}>
            <MapPin size={16} aria-hidden="true" />
            {t('centers.inCity', { city: one.name, state: one.state })}
          </Button>
        ))}
      </div>
    </search>
  )
}
