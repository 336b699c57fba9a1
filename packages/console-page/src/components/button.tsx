import {
  Button as AriaButton,
  Link as AriaLink,
  type ButtonProps,
  type LinkProps,
} from 'react-aria-components'

type Look = { look?: 'primary' | 'quiet' | 'danger' | 'plain' }

/** A button; `primary` is the one that a person came for. */
export const Button = ({ look = 'plain', ...props }: Omit<ButtonProps, 'className'> & Look) => (
  <AriaButton {...props} className={`button button-${look}`} />
)

/** A link to another place in the page that looks like a button. */
export const ButtonLink = ({ look = 'plain', ...props }: Omit<LinkProps, 'className'> & Look) => (
  <AriaLink {...props} className={`button button-${look}`} />
)

/** A link to another place in the page. */
export const Link = (props: Omit<LinkProps, 'className'>) => <AriaLink {...props} className="link" />
