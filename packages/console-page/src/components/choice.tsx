import { ToggleButton, ToggleButtonGroup, type Key } from 'react-aria-components'

type ChoiceProps<T extends string> = {
  label: string
  options: readonly { value: T; label: string }[]
  value: T
  onChange: (value: T) => void
}

/** One of a few, all of them to be seen. */
export const Choice = <T extends string>({ label, options, value, onChange }: ChoiceProps<T>) => (
  <ToggleButtonGroup
    className="choice"
    aria-label={label}
    disallowEmptySelection
    selectedKeys={[value]}
    onSelectionChange={(keys: Set<Key>) => {
      const chosen = options.find((option) => keys.has(option.value))
      if (chosen) onChange(chosen.value)
    }}
  >
    {options.map((option) => (
      <ToggleButton key={option.value} id={option.value} className="choice-option">
        {option.label}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
)
