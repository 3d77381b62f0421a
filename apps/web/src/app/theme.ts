import { createTheme, rem } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** Ten steps given as one string of hex values, lightest first. */
const ramp = (steps: string): MantineColorsTuple => {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = ''] = steps
    .split(' ')
    .map((step) => `#${step}`);
  return [a, b, c, d, e, f, g, h, i, j];
};

const ink = ramp('f5f8fa ebf0f3 d9e1e5 c2cdd2 a4b2b9 819098 5e6f76 506169 3c4c53 253339');
const night = ramp('e4e9eb bec5c9 a2abb0 778289 48555c 323e45 242f35 1a242a 111b20 0b1317');

/** The Mantine theme; screens use the roles of `styles/tokens.css`, never a ramp step. */
export const theme = createTheme({
  primaryColor: 'strider',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  defaultRadius: 'md',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: rem(11), sm: rem(12), md: rem(13), lg: rem(15), xl: rem(18) },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { sm: rem(4), md: rem(6), lg: rem(10) },
  colors: {
    ink,
    gray: ink,
    dark: night,
    strider: ramp('f0fafe def3fd bee7fa 96d5f1 66bce0 2d9ac3 047ca1 006888 02516a 013648'),
    green: ramp('f0fbf5 def6e8 bbeed1 8fdfb4 5ec894 26a671 108658 176f4a 16563a 0d3926'),
    red: ramp('fef6f5 feeae8 fed4d0 feb5af fe8882 e75655 c82e35 a7262c 831f22 581415'),
    amber: ramp('fff6ec ffecd6 ffd8aa f9be73 e4a041 be7f1b 996410 7f5413 63410f 432b07'),
    indigo: ramp('f6f7fe eaeefe d6defe bac7ff 98a9fc 7284e8 5664cf 4550b6 343d93 212767'),
    violet: ramp('fbf6fd f7eafb efd5f7 e2baef cf97e1 b26ec6 9450a9 7e3f90 633072 431d4f'),
  },
  components: {
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true, multiline: true, maw: 320 } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false } },
  },
});

/** Points Mantine's own variables at the roles, which also lifts its default contrast to AA. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const roles = {
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-error': 'var(--fail-text)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-ctl)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-light': 'var(--accent-bg)',
    '--mantine-primary-color-light-color': 'var(--accent-text)',
  };
  return { variables: {}, light: roles, dark: roles };
};
