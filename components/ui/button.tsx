import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const looks = {
  primary: 'bg-primary text-primary-ink hover:bg-primary-hover',
  plain: 'border border-line-strong/60 bg-raised text-ink hover:bg-hover hover:border-line-strong',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
  critical: 'bg-critical text-critical-ink hover:brightness-110',
} as const;

const sizes = {
  sm: 'h-control-sm px-2 text-xs gap-1.5',
  md: 'h-control px-3 text-sm gap-2',
  lg: 'h-control-lg px-4 text-base gap-2',
  icon: 'size-control justify-center',
  'icon-sm': 'size-control-sm justify-center',
} as const;

export type ButtonProps = ComponentProps<'button'> & {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Renders the only child (a link, say) in the button's clothes. */
  asChild?: boolean;
};

export function Button({ look = 'plain', size = 'md', asChild = false, className, type, ...rest }: ButtonProps) {
  const Tag = asChild ? Slot.Root : 'button';
  return (
    <Tag
      type={asChild ? undefined : (type ?? 'button')}
      className={cn(
        'inline-flex shrink-0 select-none items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors duration-75',
        'disabled:pointer-events-none disabled:opacity-45 aria-disabled:opacity-45 [&_svg]:size-[1.15em] [&_svg]:shrink-0',
        looks[look],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
