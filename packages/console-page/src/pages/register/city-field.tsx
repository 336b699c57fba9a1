import { useState } from 'react'
import {
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
  type Key,
} from 'react-aria-components'
import { citiesLike, cityOf, type City } from '../../format/cities.ts'
import { useWords } from '../../hooks/use-words.ts'

const OFFERED_MAX = 30

type CityFieldProps = {
  city: City | undefined
  isMissing: boolean
  onChange: (city: City | undefined) => void
}

const labelOf = ({ name, state }: City): string => `${name} (${state})`

/** Chooses a municipality by the start of its name; its state and its IBGE code come with it. */
export const CityField = ({ city, isMissing, onChange }: CityFieldProps) => {
  const { t } = useWords()
  const [text, setText] = useState(city ? labelOf(city) : '')
  const offered = citiesLike(text.replace(/ \(..\)$/, ''), OFFERED_MAX)
  return (
    <ComboBox
      className="field"
      items={offered}
      inputValue={text}
      onInputChange={setText}
      value={city?.code ?? null}
      onChange={(key: Key | null) => {
        const chosen = key === null ? undefined : cityOf(String(key))
        onChange(chosen)
        if (chosen) setText(labelOf(chosen))
      }}
      isInvalid={isMissing}
      isRequired
      validationBehavior="aria"
      menuTrigger="input"
    >
      <Label>{t('register.city')}</Label>
      <Input />
      <Text slot="description">
        {city
          ? `${t('register.state')} ${city.state} · ${t('register.cityCode')} ${city.code}`
          : t('register.cityHint')}
      </Text>
      <FieldError>{isMissing ? t('register.cityMissing') : undefined}</FieldError>
      <Popover className="popover">
        <ListBox<City> className="options">
          {(one) => (
            <ListBoxItem id={one.code} textValue={labelOf(one)} className="option">
              {labelOf(one)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
