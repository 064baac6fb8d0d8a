import { wished } from '@/lib/own-cookie';

/** How a visitor wants pages to look, kept in two cookies; an absent cookie follows the device. */
export const DISPLAY_CHOICES = {
  size: ['normal', 'large'],
  theme: ['system', 'light', 'dark'],
} as const;

export type Display = {
  readonly [Wish in keyof typeof DISPLAY_CHOICES]: (typeof DISPLAY_CHOICES)[Wish][number];
};

type Cookies = { get: (name: string) => { value: string } | undefined };

/** The wishes in the visitor's cookies: `readDisplay(await cookies())`. Anything unknown counts as not said. */
export const readDisplay = (cookies: Cookies): Display => {
  const [large, light] = (['size', 'theme'] as const).map((wish) =>
    wished((name) => cookies.get(name)?.value, wish),
  );
  return {
    size: DISPLAY_CHOICES.size.find((size) => size === large) ?? 'normal',
    theme: DISPLAY_CHOICES.theme.find((theme) => theme === light) ?? 'system',
  };
};
