import { ChevronDown } from 'lucide-react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  type Key,
} from 'react-aria-components'

type SelectFieldProps = {
  label: string
  options: readonly { value: string; label: string }[]
  value: string
  onChange: (value: string) => void
}

/** One of many. */
export const SelectField = ({ label, options, value, onChange }: SelectFieldProps) => (
  <Select className="field" value={value} onChange={(key: Key | null) => onChange(String(key ?? ''))}>
    <Label>{label}</Label>
    <Button className="select-button">
      <SelectValue />
      <ChevronDown size={16} aria-hidden="true" />
    </Button>
    <Popover className="popover">
      <ListBox className="options" items={options}>
        {(option) => (
          <ListBoxItem id={option.value} className="option">
            {option.label}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  </Select>
)
